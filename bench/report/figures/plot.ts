import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { Html } from '../html.ts';

/** A figure of the report: an SVG, its colours' meaning, and what to see in it. */
export interface Figure {
  title: string;
  caption: string;
  legend: { label: string; colour: string }[];
  svg: Html;
}

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** Draws on the server, at a width that a phone can scale down; `label` is what a screen reader says. */
export function draw(label: string, options: Plot.PlotOptions): Html {
  const svg = Plot.plot({
    width: 720,
    height: 260,
    marginTop: 32,
    marginLeft: 56,
    marginBottom: 44,
    style: { fontSize: '13px' },
    document,
    ...options,
  });
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  return new Html(svg.outerHTML);
}

const byArchitecture: Record<string, string> = {
  server: 'var(--blue)',
  serverless: 'var(--vermillion)',
  hybrid: 'var(--green)',
};

/** Colours for targets: an architecture keeps its own in every report, others get what is left. */
export function targetColours(targets: readonly { name: string; architecture: string }[]): Map<string, string> {
  const spare = ['var(--blue)', 'var(--vermillion)', 'var(--green)', 'var(--purple)', 'var(--orange)', 'var(--sky)'];
  const colours = new Map<string, string>();
  for (const { name, architecture } of targets) {
    const taken = new Set(colours.values());
    const own = byArchitecture[architecture];
    const colour = own !== undefined && !taken.has(own) ? own : spare.find((each) => !taken.has(each));
    colours.set(name, colour ?? 'currentColor');
  }
  return colours;
}
