import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SoonestHeap } from './soonest-heap.ts';

test('the soonest is the least of all times, whatever is set, changed and taken out', () => {
  const change = fc.tuple(fc.nat(199), fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 500 }), (changes) => {
      const heap = new SoonestHeap();
      const known = new Map<number, number>();
      for (const [replica, time] of changes) {
        if (time === null) {
          heap.remove(replica);
          known.delete(replica);
        } else {
          heap.set(replica, time);
          known.set(replica, time);
        }
        expect(heap.first).toBe(Math.min(...known.values()));
        if (known.size > 0) expect(known.get(heap.replica)).toBe(heap.first);
      }
    }),
  );
});
