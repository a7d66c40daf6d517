import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryBudget } from './memory-budget.ts';

/** Somebody who holds memory until told to let go. */
function holder(budget: MemoryBudget, bytes: number) {
  const state = { holds: false, release: () => {} };
  const released = new Promise<void>((resolve) => {
    state.release = resolve;
  });
  budget.hold(bytes, async () => {
    state.holds = true;
    await released;
    state.holds = false;
  });
  return state;
}

test('memory that is free is held at once', () => {
  const budget = new MemoryBudget(10);
  expect([4, 6].map((bytes) => holder(budget, bytes).holds)).toEqual([true, true]);
});

test('who finds too little waits until enough is given back', async () => {
  const budget = new MemoryBudget(10);
  const first = holder(budget, 6);
  const second = holder(budget, 5);
  await setImmediate();
  expect(second.holds).toBe(false);
  first.release();
  await setImmediate();
  expect(second.holds).toBe(true);
});

test('nobody overtakes one who needs much', async () => {
  const budget = new MemoryBudget(10);
  const [first, large, small] = [holder(budget, 6), holder(budget, 10), holder(budget, 1)];
  await setImmediate();
  expect(small.holds).toBe(false);
  first.release();
  await setImmediate();
  expect([large.holds, small.holds]).toEqual([true, false]);
});

test('memory of what failed is given back', async () => {
  const budget = new MemoryBudget(10);
  await expect(budget.hold(10, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(holder(budget, 10).holds).toBe(true);
});

test('all get their turn, and never hold more than there is', async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.scheduler(), async (bytes, scheduler) => {
      const budget = new MemoryBudget(10);
      let held = 0;
      let most = 0;
      const turns = bytes.map((each) =>
        budget.hold(each, async () => {
          held += each;
          most = Math.max(most, held);
          await scheduler.schedule(Promise.resolve());
          held -= each;
        }),
      );
      await scheduler.waitFor(Promise.all(turns));
      expect(held).toBe(0);
      expect(most).toBeLessThanOrEqual(10);
    }),
  );
});
