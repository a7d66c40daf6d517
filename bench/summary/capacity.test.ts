import { expect, test } from 'vitest';
import { makeManifest, makeSample } from '../../test/double/run.ts';
import type { Sample } from '../load/index.ts';
import { profiles, type RunEvent } from '../record/index.ts';
import { rateOf } from '../search/index.ts';
import { summariseCapacity } from './capacity.ts';
import { summarise } from './summary.ts';

const settings = profiles.quick;
const { resolution } = settings.capacity;

/** Probes in their order, each at a step and with so many milliseconds for every request. */
function probes(list: readonly { step: number; ms: number; late?: number; status?: number; givenUp?: boolean }[]): {
  samples: Sample[];
  events: RunEvent[];
} {
  const of = { scenario: 'capacity', target: 'server' };
  return {
    samples: list.flatMap(({ ms, late = 0, status = 200 }, index) =>
      Array.from({ length: 100 }, (_, at) => {
        const intended = at * 10;
        return makeSample({
          ...of,
          block: index + 1,
          intended,
          sent: intended + late,
          answered: intended + ms,
          status,
        });
      }),
    ),
    events: list.map(({ step, givenUp = false }, index) => {
      const rate = rateOf(step, resolution);
      return { kind: 'probe', time: index, ...of, block: index + 1, rate, seconds: 100 / rate, givenUp };
    }),
  };
}

const found = [
  { step: 36, ms: 20 },
  { step: 43, ms: 900 },
  { step: 39, ms: 30 },
  { step: 41, ms: 300 },
  { step: 40, ms: 250 },
  { step: 40, ms: 260 },
  { step: 39, ms: 40 },
];

test('the search is read back from its probes', () => {
  const { samples, events } = probes(found);
  const capacity = summariseCapacity(samples, events, settings);
  expect(capacity).toMatchObject({ state: 'found', probes: 7, voidProbes: 0, objective: 'p95 < 200 ms, errors < 1 %' });
  expect(capacity?.perSecond?.value).toBe(rateOf(39, resolution));
  expect(capacity?.perSecond?.high).toBe(rateOf(40, resolution));
});

test('the curve has each rate once, with all its probes', () => {
  const { samples, events } = probes(found);
  const curve = summariseCapacity(samples, events, settings)?.curve ?? [];
  expect(curve.map(({ rate }) => rate)).toEqual([36, 39, 40, 41, 43].map((step) => rateOf(step, resolution)));
  expect(curve[1]).toMatchObject({ kept: 2, probes: 2, attempts: 200, median: { value: 35 } });
  expect(curve[2]).toMatchObject({ kept: 0, probes: 2 });
});

test('a search that was stopped says what it knew', () => {
  const { samples, events } = probes(found.slice(0, 3));
  const capacity = summariseCapacity(samples, events, settings);
  expect(capacity?.state).toBe('open');
  expect(capacity?.perSecond).toMatchObject({ value: rateOf(39, resolution), high: rateOf(43, resolution) });
});

test('a probe whose client was late is counted and left out of the curve', () => {
  const { samples, events } = probes([
    { step: 36, ms: 20 },
    { step: 43, ms: 60, late: 50 },
  ]);
  const capacity = summariseCapacity(samples, events, settings);
  expect(capacity).toMatchObject({ probes: 2, voidProbes: 1 });
  expect(capacity?.curve).toHaveLength(1);
});

test('a rate at which every request failed is in the curve without latencies', () => {
  const { samples, events } = probes([{ step: 36, ms: 20, status: 503 }]);
  const [point] = summariseCapacity(samples, events, settings)?.curve ?? [];
  expect(point).toMatchObject({ kept: 0, attempts: 100, refused: 100 });
  expect(point).not.toHaveProperty('median');
});

test('a target that was broken on purpose has not failed', () => {
  const { samples, events } = probes([
    { step: 36, ms: 20 },
    { step: 43, ms: 20, status: 503 },
  ]);
  const answer: RunEvent = { kind: 'answer', time: 1, target: 'server', photo: 'cat.jpg', status: 200 };
  const [server] = summarise({ manifest: makeManifest(), samples, events: [answer, ...events] }).targets;
  expect(server?.failed).toBe(false);
  expect(server?.outcomes).toMatchObject({ attempts: 200, succeeded: 100 });
});
