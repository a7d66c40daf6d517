import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeSample } from '../../test/double/run.ts';
import type { Sample } from '../load/index.ts';
import type { RunEvent } from '../record/index.ts';
import { type ColdStartTrial, coldStarts, summariseColdStarts } from './cold-start.ts';

const at = { scenario: 'cold-start', target: 'serverless', block: 3 };
const sample = (changes: Partial<Sample>): Sample =>
  makeSample({ ...at, intended: 1000, sent: 1000, answered: 2000, loading: 1700, ready: 1900, ...changes });
const told = (steps: object, block = 3): RunEvent => ({ kind: 'start', time: 2000, ...at, block, ...steps });

function trialOf(of: Sample, events: RunEvent[]): ColdStartTrial | undefined {
  return summariseColdStarts({ samples: [of], events }, at.target)?.trials[0];
}

test('every step that the platform tells is a part', () => {
  const steps = told({ created: 1100, scheduled: 1110, pulled: 1400 });
  expect(trialOf(sample({ started: 1500 }), [steps])?.parts).toEqual([
    { name: 'react', ms: 100 },
    { name: 'schedule', ms: 10 },
    { name: 'pull', ms: 290 },
    { name: 'start', ms: 100 },
    { name: 'runtime', ms: 200 },
    { name: 'load', ms: 200 },
    { name: 'first answer', ms: 100 },
  ]);
});

test('the time of a step that is not told is in the part after it', () => {
  const parts = trialOf(sample({ started: 1500 }), [told({ created: 1100 })])?.parts;
  expect(parts?.slice(0, 2)).toEqual([
    { name: 'react', ms: 100 },
    { name: 'start', ms: 400 },
  ]);
});

test('an event that is told only once the process runs is not believed', () => {
  const steps = told({ created: 1100, scheduled: 1110, pulled: 1550 });
  expect(trialOf(sample({ started: 1500 }), [steps])?.parts.slice(2, 4)).toEqual([
    { name: 'start', ms: 390 },
    { name: 'runtime', ms: 200 },
  ]);
});

test('a step that is told later than the program ran is not believed', () => {
  const parts = trialOf(sample({ started: 1500 }), [told({ created: 1100, pulled: 1750 })])?.parts;
  expect(parts?.map(({ name }) => name)).toEqual(['react', 'start', 'runtime', 'load', 'first answer']);
});

test('steps of another trial are not taken', () => {
  expect(trialOf(sample({}), [told({ created: 1100 }, 4)])?.parts[0]).toEqual({ name: 'runtime', ms: 700 });
});

test('a clock that is behind splits nothing', () => {
  expect(trialOf(sample({ replica: 'one', loading: 900, ready: 1100 }), [])).toBeUndefined();
});

describe('a cold start', () => {
  /** Two seconds behind ours: it loaded and was ready long before the request, by its own account. */
  const behind = { loading: 100, ready: 300 };
  const coldOf = (samples: Sample[], events: RunEvent[] = []) => coldStarts({ samples, events }, at.target);
  const answer = (target: string): RunEvent => ({
    ...{ kind: 'answer', time: 1, target, photo: 'cat.jpg', status: 200, replica: 'one', loading: sample({}).loading },
  });

  test('is one by a replica that was not seen before, though its clock be behind', () => {
    const trials = ['one', 'two'].map((replica, block) => sample({ block, replica, ...behind }));
    expect(coldOf(trials)).toEqual(trials);
    expect(summariseColdStarts({ samples: trials, events: [] }, at.target)).toMatchObject({
      ...{ warm: 0, median: { value: 1000 }, trials: [] },
    });
  });

  test.each([
    ['an earlier trial', [sample({ block: 2, replica: 'one' })], []],
    ['an earlier scenario', [sample({ scenario: 'latency', replica: 'one' })], []],
    ['a photo before anything was measured', [], [answer(at.target)]],
  ])('is none by a replica that answered %s, though its clock be ahead', (_, samples, events) => {
    const warm = sample({ replica: 'one' });
    expect(coldOf([...samples, warm], events)).not.toContain(warm);
  });

  test('is one though the replica has answered later, or one of its name for another target', () => {
    const cold = sample({ replica: 'one' });
    const others = [sample({ scenario: 'burst', replica: 'one' }), sample({ target: 'server', replica: 'one' })];
    expect(coldOf([...others.slice(1), cold, ...others], [answer('server')])).toEqual([cold]);
  });

  test('is one by a new process of an old name', () => {
    const again = [1200, 1300].map((loading) => sample({ replica: 'pod-0', loading }));
    expect(coldOf(again)).toEqual(again);
  });

  test('is one by an endpoint that names itself and tells no times', () => {
    const { loading: _, ...untimed } = sample({ replica: 'one' });
    expect(coldOf([untimed, untimed])).toHaveLength(2);
  });

  test.each([
    { loading: 999, cold: false },
    { loading: 1001, cold: true },
  ])('by a replica without a name is judged by its clock: $loading ms', ({ loading, cold }) => {
    expect(coldOf([sample({ loading })])).toHaveLength(cold ? 1 : 0);
  });
});

test('parts are never negative and add up to the latency, whatever is told', () => {
  const time = fc.option(fc.double({ min: 900, max: 2100, noNaN: true }), { nil: undefined });
  const known = fc.record({ created: time, scheduled: time, pulled: time });
  fc.assert(
    fc.property(known, time, fc.double({ min: 1000, max: 1900, noNaN: true }), (steps, started, loading) => {
      const given = Object.fromEntries(Object.entries(steps).filter(([, value]) => value !== undefined));
      const parts = trialOf(sample({ loading, ...(started !== undefined && { started }) }), [told(given)])?.parts ?? [];
      expect(Math.min(...parts.map(({ ms }) => ms))).toBeGreaterThanOrEqual(0);
      expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(1000, 6);
    }),
  );
});
