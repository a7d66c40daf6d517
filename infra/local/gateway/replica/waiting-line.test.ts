import { expect, test } from 'vitest';
import { WaitingLine } from './waiting-line.ts';

const patient = new AbortController().signal;

test('serves in the order of arrival, as many as there is something for', async () => {
  const line = new WaitingLine<number>(10, 60_000);
  const waits = [line.wait(patient), line.wait(patient), line.wait(patient)];
  const stock = [1, 2];
  line.serve(() => stock.shift());
  expect(await Promise.all(waits.slice(0, 2))).toEqual([1, 2]);
  expect(line.length).toBe(1);
  line.reject(new Error('closed'));
  await expect(waits[2]).rejects.toThrow('closed');
});

test('is bounded', async () => {
  const line = new WaitingLine<number>(1, 60_000);
  const first = line.wait(patient);
  await expect(line.wait(patient)).rejects.toMatchObject({ status: 503 });
  line.serve(() => 1);
  expect(await first).toBe(1);
});

test('ends a wait that takes too long', async () => {
  const line = new WaitingLine<number>(1, 20);
  await expect(line.wait(patient)).rejects.toMatchObject({ status: 504 });
  expect(line.length).toBe(0);
});

test('forgets those who leave', async () => {
  const line = new WaitingLine<number>(1, 60_000);
  const leave = new AbortController();
  const wait = line.wait(leave.signal);
  leave.abort(new Error('left'));
  await expect(wait).rejects.toThrow('left');
  expect(line.length).toBe(0);
});

test('tells all that they wait in vain', async () => {
  const line = new WaitingLine<number>(10, 60_000);
  const waits = Promise.allSettled([line.wait(patient), line.wait(patient)]);
  line.reject(new Error('no start'));
  expect((await waits).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
