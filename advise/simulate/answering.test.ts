import { describe, expect, test } from 'vitest';
import { Answering } from './answering.ts';

/** Ends everything. @returns when each was done, by when it came. */
function ends(answering: Answering): Record<number, number> {
  const all: Record<number, number> = {};
  while (answering.requests > 0) {
    const at = answering.soonest.first;
    all[answering.end()] = at;
  }
  return all;
}

function answeringOf(slots: number, crowding: number, requests: readonly (readonly [replica: number, work: number])[]) {
  const answering = new Answering(slots, crowding);
  for (const replica of [0, 1]) answering.add(replica);
  for (const [index, [replica, work]] of requests.entries()) answering.begin(replica, 0, work, index);
  return answering;
}

describe('requests on a replica', () => {
  test('are as fast as alone where they do not crowd each other', () => {
    expect(
      ends(
        answeringOf(3, 0, [
          [0, 1],
          [0, 3],
        ]),
      ),
    ).toEqual({ 0: 1, 1: 3 });
  });

  test('slow each other down while they are there, and get the rest of their time when others are done', () => {
    // Three take twice as long, until 2 s; two take 1.5 times as long, until 3.5 s; the last has 1 s to go.
    expect(
      ends(
        answeringOf(3, 0.5, [
          [0, 1],
          [0, 2],
          [0, 3],
        ]),
      ),
    ).toEqual({ 0: 2, 1: 3.5, 2: 4.5 });
  });

  test('are slowed by one that comes later, from then on', () => {
    const answering = answeringOf(2, 1, [[0, 2]]);
    answering.begin(0, 1, 0.5, 7);
    expect(ends(answering)).toEqual({ 7: 2, 0: 2.5 });
  });

  test('know nothing of those on another', () => {
    const answering = answeringOf(2, 1, [
      [0, 1],
      [0, 1],
      [1, 1],
    ]);
    expect([answering.on(0), answering.on(1), answering.rate]).toEqual([2, 1, 2]);
    expect(ends(answering)).toEqual({ 0: 2, 1: 2, 2: 1 });
    expect([answering.on(0), answering.on(1), answering.rate]).toEqual([0, 0, 0]);
  });

  test('together can be slower than one after the other', () => {
    expect(
      ends(
        answeringOf(2, 1.5, [
          [0, 1],
          [0, 1],
        ]),
      ),
    ).toEqual({ 0: 2.5, 1: 2.5 });
  });
});
