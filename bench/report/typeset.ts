const unit = '(?:ms|s|h|kB|MB|GB|GiB|%|USD|EUR|vCPU)';
const between = new RegExp(String.raw`(\d) (?=${unit}(?![\p{L}\d]))`, 'gu');

/** Text for a page: no line ends between a number and its unit. */
export function typeset(text: string): string {
  return text.replace(between, '$1\u00a0');
}
