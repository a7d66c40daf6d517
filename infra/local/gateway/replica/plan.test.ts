import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Planned, planReplicas } from './plan.ts';

interface Fake extends Planned {
  state: 'starting' | 'ready' | 'leaving';
  old: boolean;
}

const fake = (state: Fake['state'], old = false, inFlight = 0): Fake => ({ state, old, inFlight });
const plan = (replicas: Fake[], desired: number) => planReplicas(replicas, desired, ({ old }) => old);

test('starts what is missing', () => {
  expect(plan([fake('ready'), fake('starting')], 5).starts).toBe(3);
});

test('those that are leaving do not count', () => {
  expect(plan([fake('leaving'), fake('ready')], 2).starts).toBe(1);
});

test('of too many, those leave that do not answer yet, then those with the least to finish', () => {
  const [busy, idle, starting] = [fake('ready', false, 3), fake('ready', false, 1), fake('starting')];
  expect(plan([busy, idle, starting], 2).leaving).toEqual(new Set([starting]));
  expect(plan([busy, idle, starting], 1).leaving).toEqual(new Set([starting, idle]));
});

test('an old replica that never became ready leaves at once', () => {
  const old = fake('starting', true);
  expect(plan([old], 1)).toEqual({ leaving: new Set([old]), starts: 1 });
});

test('an old one leaves when a new one is ready, and the next one starts then', () => {
  const old = [fake('ready', true), fake('ready', true)];
  expect(plan(old, 2)).toEqual({ leaving: new Set(), starts: 1 });
  expect(plan([...old, fake('starting')], 2)).toEqual({ leaving: new Set(), starts: 0 });
  expect(plan([...old, fake('ready')], 2)).toEqual({ leaving: new Set([old[0]]), starts: 1 });
});

describe('from any replicas', () => {
  const fakes = fc.array(
    fc.record({
      state: fc.constantFrom('starting' as const, 'ready' as const, 'leaving' as const),
      old: fc.boolean(),
      inFlight: fc.nat(5),
    }),
    { maxLength: 12 },
  );
  const counts = fc.nat(8);
  const ready = (replicas: Fake[]) => replicas.filter(({ state }) => state === 'ready').length;

  /** The replicas after a plan was carried out: who leaves is marked, who starts is there. */
  function carryOut(replicas: Fake[], desired: number): Fake[] {
    const { leaving, starts } = plan(replicas, desired);
    const kept = replicas.map((each) => (leaving.has(each) ? { ...each, state: 'leaving' as const } : each));
    return [...kept, ...Array.from({ length: starts }, () => fake('starting'))];
  }

  test('no plan takes a ready replica that is needed', () => {
    fc.assert(
      fc.property(fakes, counts, (replicas, desired) => {
        expect(ready(carryOut(replicas, desired))).toBeGreaterThanOrEqual(Math.min(desired, ready(replicas)));
      }),
    );
  });

  test('a plan that is carried out leaves nothing to do until something changes', () => {
    fc.assert(
      fc.property(fakes, counts, (replicas, desired) => {
        const after = carryOut(replicas, desired);
        expect(carryOut(after, desired)).toEqual(after);
      }),
    );
  });

  test('it ends with the new replicas that are wanted, all ready, and no old one', () => {
    fc.assert(
      fc.property(fakes, counts, (replicas, desired) => {
        let now = replicas;
        for (let step = 0; step < 60; step += 1) {
          // One thing happens between two plans: the first that starts becomes ready, or else one that leaves has ended.
          const starting = now.findIndex(({ state }) => state === 'starting');
          const gone = now.findIndex(({ state }) => state === 'leaving');
          if (starting >= 0) now = now.map((each, index) => (index === starting ? { ...each, state: 'ready' } : each));
          else if (gone >= 0) now = now.toSpliced(gone, 1);
          now = carryOut(now, desired);
        }
        expect(now.map(({ state, old }) => ({ state, old }))).toEqual(
          Array(desired).fill({ state: 'ready', old: false }),
        );
      }),
    );
  });
});
