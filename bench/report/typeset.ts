const unit = '(?:ms|s|h|kB|MB|GB|GiB|%|USD|EUR|vCPU)';
const between = new RegExp(String.raw`(\d) (?=${unit}(?![\p{L}\d]))`, 'gu');

const negative = /(?<![^\s(])-(?=\d)/g;

/** Text for a page: no line ends between a number and its unit, and a minus is as long as a plus. */
export function typeset(text: string): string {
  return text.replace(between, '$1\u00a0').replace(negative, '\u2212');
}
