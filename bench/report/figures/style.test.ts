import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { targetStyles } from './style.ts';

type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

const targets = ['server', 'serverless', 'hybrid', 'unknown', 'unknown'].map((architecture, index) => ({
  name: `t${index}`,
  architecture,
}));

test('an architecture keeps its look, and no two targets have the same', () => {
  const [first, last] = [targetStyles(targets), targetStyles(targets.toReversed())];
  expect(last.get('t0')).toEqual(first.get('t0'));
  expect(last.get('t2')).toEqual(first.get('t2'));
  for (const part of ['colour', 'symbol'] as const) {
    expect(new Set([...first.values()].map((style) => style[part])).size).toBe(targets.length);
  }
});

/** On linear RGB, the whole of each deficiency: Machado, Oliveira and Fernandes, IEEE TVCG 15 (2009), 1291-1298. */
const visions: Record<string, Matrix> = {
  'every colour': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

describe.each(['light', 'dark'])('colours of targets on a %s page', (look) => {
  const colour = readColours(look);
  const shown = [...targetStyles(targets).values()].map((style) => colour(style.colour));

  test('stand out from the paper as WCAG 2.2 asks of graphics', () => {
    const ratios = shown.map((each) => contrast(each, colour('var(--paper)')));
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(3);
  });

  // The just noticeable difference in Oklab is about 0.02.
  test.each(Object.entries(visions))('are told apart by who sees %s', (_, vision) => {
    const seen = shown.map((each) => oklab(apply(vision, each)));
    const distances = seen.flatMap((a, index) => seen.slice(index + 1).map((b) => Math.hypot(...minus(a, b))));
    expect(Math.min(...distances)).toBeGreaterThan(0.07);
  });
});

/** Linear RGB of the variables of page.css; those that the dark page does not change are the light one's. */
function readColours(look: string): (variable: string) => Rgb {
  const [light = '', dark = ''] = readFileSync(new URL('../page.css', import.meta.url), 'utf8').split('@media screen');
  const read = (css: string): [string, string][] =>
    [...css.matchAll(/--([\w-]+): #(\w{6});/g)].map(([, name = '', hex = '']) => [`var(--${name})`, hex]);
  const variables = new Map([...read(light), ...(look === 'dark' ? read(dark) : [])]);
  return (variable) => {
    const hex = variables.get(variable) ?? expect.fail(`page.css has no ${variable}`);
    return triple((channel) => linear(Number.parseInt(hex.slice(2 * channel, 2 * channel + 2), 16) / 255));
  };
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [a, b].map((each) => dot([0.2126, 0.7152, 0.0722], each)).toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Björn Ottosson, A perceptual color space for image processing, 2020. */
function oklab(rgb: Rgb): Rgb {
  const cones: Matrix = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
  ];
  const lab: Matrix = [
    [0.2104542553, 0.793617785, -0.0040720468],
    [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
  ];
  const excited = apply(cones, rgb);
  return apply(
    lab,
    triple((channel) => Math.cbrt(excited[channel] ?? 0)),
  );
}

function apply(matrix: Matrix, vector: Rgb): Rgb {
  return triple((row) => dot(matrix[row] ?? [0, 0, 0], vector));
}

function dot(a: Rgb, b: Rgb): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function minus(a: Rgb, b: Rgb): Rgb {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function triple(of: (index: number) => number): Rgb {
  return [of(0), of(1), of(2)];
}
