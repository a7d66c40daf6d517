import * as Plot from '@observablehq/plot';
import { draw, type Figure, number } from '../../bench/index.ts';
import { type Advice, type Choice, type Family, families } from '../search/index.ts';

/** Okabe and Ito's colours of page.css, and a dash for those who do not see them. */
const looks: Record<Family, { colour: string; dash: string }> = {
  server: { colour: 'var(--blue)', dash: '' },
  hpa: { colour: 'var(--sky)', dash: '8 3' },
  openfaas: { colour: 'var(--vermillion)', dash: '' },
  knative: { colour: 'var(--orange)', dash: '8 3' },
  cloud: { colour: 'var(--grey)', dash: '2 3' },
  hybrid: { colour: 'var(--green)', dash: '' },
  'hybrid-cloud': { colour: 'var(--purple)', dash: '8 3' },
};

const legendOf = (choices: readonly Choice[]): Figure['legend'] =>
  choices.map(({ family }) => ({ label: families[family], colour: looks[family].colour }));

function lines<Point>(
  choices: readonly Choice[],
  points: (choice: Choice) => Point[],
  x: string,
  y: string,
  curve: 'linear' | 'step-after' = 'linear',
): Plot.Markish[] {
  return choices.map((choice) =>
    Plot.line(points(choice), {
      ...{ x, y, stroke: looks[choice.family].colour, strokeWidth: 1.8, curve },
      ...(looks[choice.family].dash === '' ? {} : { strokeDasharray: looks[choice.family].dash }),
    }),
  );
}

export function trafficFigure({ traffic }: Advice): Figure {
  const hours = traffic.seconds / 3600;
  const points = traffic.shape.map((rate, index) => ({ hour: (index / traffic.shape.length) * hours, rate }));
  return {
    title: 'The traffic',
    caption: `Mean rates of ${points.length} equal stretches.`,
    legend: [],
    svg: draw('Requests a second over the hours of the traffic', {
      x: { label: 'hours' },
      y: { label: 'requests a second', grid: true },
      marks: [
        Plot.areaY(points, { x: 'hour', y: 'rate', fill: 'var(--blue)', fillOpacity: 0.3, curve: 'step-after' }),
        Plot.line(points, { x: 'hour', y: 'rate', stroke: 'var(--blue)', curve: 'step-after' }),
      ],
    }),
  };
}

export function p95Figure({ choices, traffic, objective }: Advice): Figure | undefined {
  if (choices.length === 0) return undefined;
  const points = ({ result }: Choice) =>
    result.p95OverTime.map((p95, index, all) => ({ hour: ((index / all.length) * traffic.seconds) / 3600, p95 }));
  return {
    title: 'Latency over time',
    caption:
      'The 95th percentile of 240 equal stretches, at each one’s cheapest settings; the thin line is the objective’s limit. A gap is a stretch without an answer.',
    legend: legendOf(choices),
    svg: draw('95th percentile of the latency over the hours of the traffic', {
      x: { label: 'hours' },
      y: { label: 'p95, ms', type: 'log', grid: true, tickFormat: (ms: number) => number(ms), ticks: 6 },
      marks: [
        Plot.ruleY([objective.latencyMs], { stroke: 'currentColor', strokeWidth: 1 }),
        ...lines(choices, points, 'hour', 'p95'),
      ],
    }),
  };
}

/** More changes than this are thinned: the line is no wider than the figure. */
const mostPoints = 600;

export function replicasFigure({ choices, traffic }: Advice): Figure | undefined {
  if (choices.length === 0) return undefined;
  const points = ({ result: { changes } }: Choice) => {
    const every = Math.ceil(changes.length / mostPoints);
    const kept = changes.filter((_, index) => index % every === 0);
    const last = changes.at(-1)?.[1] ?? 0;
    return [...kept, [traffic.seconds, last] as const].map(([time, replicas]) => ({ hour: time / 3600, replicas }));
  };
  return {
    title: 'Replicas over time',
    caption: 'Replicas, or instances of a cloud’s function; of a hybrid, those of its function.',
    legend: legendOf(choices),
    svg: draw('Replicas over the hours of the traffic', {
      x: { label: 'hours', domain: [0, traffic.seconds / 3600], clamp: true },
      y: { label: 'replicas', grid: true },
      marks: lines(choices, points, 'hour', 'replicas', 'step-after'),
    }),
  };
}

export function costFigure({ rates, prices, choices, flips, traffic }: Advice): Figure | undefined {
  const all = Object.keys(families) as Family[];
  const curve = (family: Family) =>
    rates.flatMap(({ rate, choices: there }) => {
      const own = there.find((choice) => choice.family === family);
      return own === undefined ? [] : [{ rate, monthly: own.monthly }];
    });
  const shown = all.filter((family) => curve(family).length > 0);
  if (shown.length === 0) return undefined;
  const breaks = flips.filter(({ of }) => of === 'rate').map(({ from, to }) => Math.sqrt(from * to) * traffic.meanRate);
  const marked = shown.map((family) => ({ family }) as Choice);
  return {
    title: 'Money a month against the rate',
    caption: `Each at its cheapest settings that hold the objective, with the same traffic times ${rates.map(({ factor }) => number(factor)).join(', ')}. ${breaks.length > 0 ? 'An upright line is a break-even: between the rates on either side of it the answer becomes another one.' : 'The answer is the same at every one of these rates.'}${choices.length === 0 ? ' At the rate as it is, nothing holds it.' : ''}`,
    legend: legendOf(marked),
    svg: draw('Money a month against requests a second', {
      height: 320,
      marginLeft: 70,
      x: {
        label: 'requests a second, mean',
        type: 'log',
        grid: true,
        tickFormat: (rate: number) => number(rate),
        ticks: 6,
      },
      y: {
        label: `${prices.currency} a month`,
        type: 'log',
        grid: true,
        tickFormat: (money: number) => number(money),
        ticks: 6,
      },
      marks: [
        Plot.ruleX(breaks, { stroke: 'currentColor', strokeDasharray: '3 3' }),
        ...lines(marked, ({ family }) => curve(family), 'rate', 'monthly'),
        ...shown.map((family) =>
          Plot.dot(curve(family), { x: 'rate', y: 'monthly', r: 3.5, fill: looks[family].colour }),
        ),
      ],
    }),
  };
}
