import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import { syntheticNetwork } from './synthetic.ts';

beforeAll(async () => {
  await tf.setBackend('wasm');
});

function answer(seed: number, brightness = 0.8): Float32Array {
  return tf.tidy(() => {
    const network = syntheticNetwork(tf, seed);
    return network(tf.fill([1, 224, 224, 3], brightness))
      .dataSync<'float32'>()
      .slice();
  });
}

describe('syntheticNetwork', () => {
  test('answers as MobileNetV2 does: 1001 numbers', () => {
    expect(answer(1)).toHaveLength(1001);
  });

  test('keeps its numbers finite, and neither tiny nor huge', () => {
    const largest = Math.max(...answer(1).map(Math.abs));
    expect(largest).toBeGreaterThan(0.01);
    expect(largest).toBeLessThan(1000);
  });

  test('has the same weights for the same seed', () => {
    expect(answer(7)).toEqual(answer(7));
  });

  test('has other weights for another seed', () => {
    expect(answer(7)).not.toEqual(answer(8));
  });

  test('looks at the picture', () => {
    expect(answer(7, 0)).not.toEqual(answer(7, 1));
  });

  test('has as many weights as MobileNetV2 1.0', () => {
    const before = tf.memory().numBytes;
    const bytes = tf.tidy(() => {
      syntheticNetwork(tf, 1);
      return tf.memory().numBytes - before;
    });
    // 3,504,872 with 1000 classes and batch normalisation; folded into biases, and with 1001 classes, it is a little less.
    expect(bytes / 4).toBeGreaterThan(3_480_000);
    expect(bytes / 4).toBeLessThan(3_510_000);
  });
});
