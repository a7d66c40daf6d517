import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { choices, inputLength } from '../backend/index.ts';
import { readConfig } from '../config.ts';
import { resolveModel } from '../model/index.ts';
import { testEnvironment } from '../test/classifier.ts';
import { startInference } from './inference.ts';
import type { WorkerPool } from './worker-pool.ts';

async function start(threads: number): Promise<WorkerPool> {
  const config = readConfig(testEnvironment);
  const [choice] = choices((await resolveModel(config, () => {})).sources, config.backend);
  if (choice === undefined) {
    throw new Error('There is no model to test with.');
  }
  const pool = await startInference(choice, { ...config, threads });
  onTestFinished(() => pool.close());
  return pool;
}

function inferTogether(pool: WorkerPool, count: number) {
  return Promise.all(Array.from({ length: count }, () => pool.infer(new Uint8Array(inputLength))));
}

describe('workers', () => {
  test('start as one', async () => {
    expect((await start(2)).workers).toBe(1);
  });

  test('stay one while pictures come one after another', async () => {
    const pool = await start(2);
    await inferTogether(pool, 1);
    await inferTogether(pool, 1);
    expect(pool.workers).toBe(1);
  });

  test('become more when pictures wait, up to as many as there may be', async () => {
    const pool = await start(2);
    await inferTogether(pool, 6);
    expect(pool.workers).toBe(2);
  });

  test('are all used once they are loaded', async () => {
    const pool = await start(2);
    const threads = new Set<number>();
    await vi.waitFor(
      async () => {
        for (const { thread } of await inferTogether(pool, 6)) {
          threads.add(thread);
        }
        expect(threads.size).toBe(2);
      },
      { timeout: 30_000 },
    );
  });

  test('can be stopped while one is still loading', async () => {
    const pool = await start(2);
    await inferTogether(pool, 2);
    await pool.close();
    expect(pool.workers).toBe(0);
  });
});
