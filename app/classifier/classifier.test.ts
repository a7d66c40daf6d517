import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startClassifier } from '../test/classifier.ts';
import { pictureIn } from '../test/pictures.ts';
import type { Classifier } from './classifier.ts';
import { QueueFull } from './queue-full.ts';

// One worker takes two pictures, three more may wait.
const room = 5;
let classifier: Classifier;
let picture: Buffer;

beforeAll(async () => {
  classifier = await startClassifier({ QUEUE_LIMIT: '3' });
  picture = await pictureIn('jpeg');
});
afterAll(() => classifier.close());

function classifyAll(count: number) {
  return Promise.allSettled(Array.from({ length: count }, () => classifier.classify(picture, 2)));
}

describe('Classifier', () => {
  test('names k classes', async () => {
    const { top } = await classifier.classify(picture, 7);
    expect(top).toHaveLength(7);
  });

  test('gives the same answer for the same picture', async () => {
    const first = await classifier.classify(picture, 3);
    expect((await classifier.classify(picture, 3)).top).toEqual(first.top);
  });

  test('says how long each part took', async () => {
    const { milliseconds } = await classifier.classify(picture, 1);
    expect(milliseconds).toEqual({
      queue: expect.any(Number),
      decode: expect.any(Number),
      inference: expect.any(Number),
    });
    expect(Math.min(milliseconds.decode, milliseconds.inference)).toBeGreaterThan(0);
  });

  test('finishes all that there is room for', async () => {
    const outcomes = await classifyAll(room);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(room);
  });

  test('refuses what there is no room for', async () => {
    const outcomes = await classifyAll(room + 4);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected' && outcome.reason instanceof QueueFull);
    expect(refused).toHaveLength(4);
  });

  test('counts those that wait', async () => {
    const all = classifyAll(room);
    expect(classifier.waiting).toBe(3);
    await all;
    expect(classifier.waiting).toBe(0);
  });

  test('has room again after a picture that is broken', async () => {
    const broken = Array.from({ length: room }, () => classifier.classify(picture.subarray(0, 99), 1));
    expect((await Promise.allSettled(broken)).every(({ status }) => status === 'rejected')).toBe(true);
    await expect(classifier.classify(picture, 1)).resolves.toBeDefined();
  });

  test('does not work on a picture that nobody waits for', async () => {
    const gone = new AbortController();
    const before = classifyAll(2);
    const abandoned = classifier.classify(picture, 1, gone.signal);
    gone.abort(new Error('gone'));
    await expect(abandoned).rejects.toThrow('gone');
    await before;
  });
});
