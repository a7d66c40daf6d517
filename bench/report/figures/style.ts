import type { SymbolType } from '@observablehq/plot';

/** How a target looks in every figure: its colour, and a shape for those who do not see the colour. */
export interface Style {
  colour: string;
  symbol: SymbolType;
}

export type Styles = ReadonlyMap<string, Style>;

/** Variables of page.css, from the palette of Okabe and Ito, each with a shape of its own. */
const palette: readonly Style[] = [
  { colour: 'var(--blue)', symbol: 'circle' },
  { colour: 'var(--vermillion)', symbol: 'square' },
  { colour: 'var(--green)', symbol: 'triangle' },
  { colour: 'var(--purple)', symbol: 'diamond' },
  { colour: 'var(--ink)', symbol: 'cross' },
];

const byArchitecture: Record<string, number> = { server: 0, serverless: 1, hybrid: 2 };

/** Of what is no target. */
const other: Style = { colour: 'var(--grey)', symbol: 'wye' };

/** Styles for targets: an architecture keeps its own in every report, others get what is left. */
export function targetStyles(targets: readonly { name: string; architecture: string }[]): Map<string, Style> {
  const styles = new Map<string, Style>();
  const taken = (style: Style): boolean => [...styles.values()].includes(style);
  for (const own of [true, false]) {
    for (const { name, architecture } of targets) {
      const usual = palette[byArchitecture[architecture] ?? -1];
      const style = own ? usual : palette.find((each) => !taken(each));
      if (style !== undefined && !taken(style) && !styles.has(name)) styles.set(name, style);
    }
  }
  return styles;
}

export function styleOf(styles: Styles, name: string): Style {
  return styles.get(name) ?? other;
}
