import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { Html } from '../html.ts';
import { type Style, type Styles, styleOf } from './style.ts';
import { evenly } from './thin.ts';

/** A figure of the report: an SVG, its marks' meaning, and what to see in it. */
export interface Figure {
  title: string;
  caption: string;
  legend: Legend[];
  svg: Html;
}

/** What a colour means, and the shape that goes with it; areas and bars have none. */
export interface Legend {
  label: string;
  colour: string;
  symbol?: Plot.SymbolType;
}

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/**
 * Draws on the server, at a width that a phone can scale down; `label` is what a screen reader says. Styles are left to
 * page.css: the page's policy allows none beside it.
 */
export function draw(label: string, options: Plot.PlotOptions): Html {
  const svg = bare({ width: 800, height: 260, marginTop: 32, marginLeft: 56, marginBottom: 44, ...options });
  svg.setAttribute('class', 'plot');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  return new Html(svg.outerHTML);
}

/** The mark that a legend explains. */
export function swatch({ colour, symbol = 'square' }: Pick<Legend, 'colour' | 'symbol'>): Html {
  const marks = [Plot.dot([[0, 0]], { fill: colour, symbol, r: 7 })];
  const scale = { domain: [-1, 1], axis: null };
  const svg = bare({ width: 16, height: 16, margin: 0, x: scale, y: scale, marks });
  svg.setAttribute('class', 'swatch');
  svg.setAttribute('aria-hidden', 'true');
  return new Html(svg.outerHTML);
}

export function targetLegend(targets: readonly { name: string }[], styles: Styles): Legend[] {
  return targets.map(({ name }) => ({ label: name, ...styleOf(styles, name) }));
}

/** A target's shape here and there along its line. */
export function symbols<Item>(
  points: readonly Item[],
  { colour, symbol }: Style,
  options: Omit<Plot.DotOptions, 'fill' | 'symbol'>,
): Plot.Dot {
  return Plot.dot(evenly(points, 8), {
    r: 4,
    stroke: 'var(--paper)',
    strokeWidth: 1,
    ...options,
    fill: colour,
    symbol,
  });
}

/** Room for labels beside a plot, in its own units. */
export function roomFor(labels: readonly string[]): number {
  const longest = Math.max(...labels.map((label) => label.length));
  return Math.min(200, 24 + 7.5 * longest);
}

function bare(options: Plot.PlotOptions): ReturnType<typeof Plot.plot> {
  const svg = Plot.plot({ document, ...options });
  for (const style of svg.querySelectorAll('style')) style.remove();
  // A picture has one name; those that Plot gives its marks are none that ARIA allows there.
  for (const name of ['aria-label', 'aria-description']) {
    for (const mark of svg.querySelectorAll(`[${name}]`)) mark.removeAttribute(name);
  }
  svg.removeAttribute('style');
  return svg;
}
