import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByLoad } from './by-load.ts';

describe('replicas by load', () => {
  test('have none where every slot is taken', () => {
    const all = new ByLoad(2);
    all.put(0, 1);
    all.take(0, 1);
    all.put(0, 2);
    expect(all.least).toBe(-1);
  });

  test('of those that answer the fewest, the one that has been at that the longest comes first', () => {
    const all = new ByLoad(2);
    for (const [replica, busy] of [
      [0, 1],
      [1, 0],
      [2, 0],
    ] as const)
      all.put(replica, busy);
    expect(all.least).toBe(1);
    all.take(1, 0);
    expect(all.least).toBe(2);
    all.put(1, 0);
    expect(all.least).toBe(2);
  });

  test('find the same as a search through all of them, whatever happens', () => {
    const slots = 3;
    const moves = fc.array(fc.tuple(fc.nat(199), fc.nat(slots), fc.boolean()), { maxLength: 400 });
    fc.assert(
      fc.property(moves, (all) => {
        const byLoad = new ByLoad(slots);
        const known = new Map<number, number>();
        for (const [replica, busy, stays] of all) {
          const before = known.get(replica);
          if (before !== undefined) byLoad.take(replica, before);
          known.delete(replica);
          if (stays) {
            byLoad.put(replica, busy);
            known.set(replica, busy);
          }
          const fewest = Math.min(slots, ...known.values());
          const least = [...known].find(([, own]) => own === fewest && own < slots)?.[0] ?? -1;
          expect(byLoad.least).toBe(least);
        }
      }),
    );
  });
});
