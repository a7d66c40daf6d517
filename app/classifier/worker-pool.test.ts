import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WorkerLost } from './worker-lost.ts';
import { WorkerPool } from './worker-pool.ts';

const file = fileURLToPath(new URL('../test/double/worker.js', import.meta.url));

type Start = 'loads' | 'loads native code' | 'loads slowly' | 'never loads' | 'cannot load' | 'dies';
const pictures = { good: 0, exits: 1, throws: 2, spins: 3, stalls: 4, fails: 5, 'stays in native code': 6 } as const;

/** A thread on a busy machine starts when it does. */
const patient = { timeout: 30_000 };

/** @param starts how the workers start, in turn; further ones as the last of them. */
async function start(starts: Start[], { threads = 1, seconds = 30 } = {}): Promise<WorkerPool> {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const workerData = { starts, turn: new Int32Array(new SharedArrayBuffer(4)) };
  const pool = await WorkerPool.start({ file, execArgv: [], workerData, threads, seconds });
  onTestFinished(async () => {
    // One that never loads would be waited for.
    if (!starts.includes('never loads')) {
      await pool.close();
    }
    log.mockRestore();
  });
  return pool;
}

function infer(pool: WorkerPool, kind: keyof typeof pictures) {
  return pool.infer(new Uint8Array([pictures[kind]]));
}

/** What each of some pictures that come together ends with. */
async function outcomes(pool: WorkerPool, kinds: (keyof typeof pictures)[]): Promise<string[]> {
  const settled = await Promise.allSettled(kinds.map((kind) => infer(pool, kind)));
  return settled.map((each) => (each.status === 'fulfilled' ? 'answered' : each.reason.name));
}

describe.each(['exits', 'throws', 'spins', 'stalls'] as const)('a worker that %s with a picture', (kind) => {
  test('loses that picture', async () => {
    await expect(infer(await start(['loads'], { seconds: 1 }), kind)).rejects.toThrow(WorkerLost);
  });

  test('loses no picture that waits', async () => {
    const pool = await start(['loads'], { seconds: 1 });
    expect(await outcomes(pool, [kind, 'good', 'good'])).toEqual(['WorkerLost', 'answered', 'answered']);
  });

  test('is replaced by another thread', async () => {
    const pool = await start(['loads'], { seconds: 1 });
    const { thread } = await infer(pool, 'good');
    await infer(pool, kind).catch(() => undefined);
    expect((await infer(pool, 'good')).thread).not.toBe(thread);
    expect(pool.workers).toBe(1);
  });

  test('is lost as often as it likes', async () => {
    const pool = await start(['loads'], { seconds: 1 });
    expect(await outcomes(pool, [kind, kind, kind, 'good'])).toEqual([
      'WorkerLost',
      'WorkerLost',
      'WorkerLost',
      'answered',
    ]);
  });

  test('does not disturb another worker', async () => {
    const pool = await start(['loads'], { threads: 2, seconds: 1 });
    await vi.waitFor(async () => {
      await Promise.all([infer(pool, 'good'), infer(pool, 'good')]);
      expect(pool.workers).toBe(2);
    }, patient);
    expect(await outcomes(pool, [kind, 'good', 'good', 'good'])).toEqual([
      'WorkerLost',
      'answered',
      'answered',
      'answered',
    ]);
  });
});

test('a picture that only fails costs no worker, and tells its own error', async () => {
  const pool = await start(['loads']);
  const { thread } = await infer(pool, 'good');
  await expect(infer(pool, 'fails')).rejects.toThrow('this picture fails');
  expect((await infer(pool, 'good')).thread).toBe(thread);
});

test('pictures that wait are run in the order in which they came', async () => {
  const pool = await start(['loads']);
  const order: number[] = [];
  await Promise.all(Array.from({ length: 20 }, (_, turn) => infer(pool, 'good').then(() => order.push(turn))));
  expect(order).toEqual(Array.from({ length: 20 }, (_, turn) => turn));
});

test('also while further workers load', async () => {
  const pool = await start(['loads', 'never loads'], { threads: 8 });
  const order: number[] = [];
  await Promise.all(Array.from({ length: 20 }, (_, turn) => infer(pool, 'good').then(() => order.push(turn))));
  expect(order).toEqual(Array.from({ length: 20 }, (_, turn) => turn));
});

test('the wait for a worker does not count as a picture’s time', async () => {
  const pool = await start(['loads', 'loads slowly'], { seconds: 1 });
  expect(await outcomes(pool, ['exits', 'good'])).toEqual(['WorkerLost', 'answered']);
});

describe('a worker that is still loading', () => {
  test('gets no picture while another one is free', async () => {
    const pool = await start(['loads', 'never loads'], { threads: 2 });
    const kinds = Array.from({ length: 20 }, () => 'good' as const);
    expect(new Set(await outcomes(pool, kinds))).toEqual(new Set(['answered']));
    expect(pool.workers).toBe(2);
  });

  test('is waited for when the only one died', async () => {
    const pool = await start(['loads', 'loads slowly']);
    expect(await outcomes(pool, ['exits', 'good', 'good'])).toEqual(['WorkerLost', 'answered', 'answered']);
  });
});

describe.each(['cannot load', 'dies'] as const)('a replacement that %s', (how) => {
  test('lets the pictures that wait for it know', async () => {
    const pool = await start(['loads', how]);
    expect(await outcomes(pool, ['exits', 'good', 'good'])).toEqual(['WorkerLost', 'WorkerLost', 'WorkerLost']);
  });

  test('is tried again for the next picture', async () => {
    const pool = await start(['loads', how, 'loads']);
    await outcomes(pool, ['exits', 'good']);
    expect(await outcomes(pool, ['good'])).toEqual(['answered']);
  });

  test('takes no place from the others', async () => {
    const pool = await start(['loads', how, 'loads'], { threads: 2 });
    await outcomes(pool, ['good', 'good', 'good']);
    await vi.waitFor(async () => {
      const threads = await Promise.all([infer(pool, 'good'), infer(pool, 'good'), infer(pool, 'good')]);
      expect(new Set(threads.map(({ thread }) => thread)).size).toBe(2);
    }, patient);
  });
});

describe('a worker that stays in native code', () => {
  test('is lost with its picture, and replaced', async () => {
    const pool = await start(['loads native code'], { seconds: 1 });
    expect(await outcomes(pool, ['stays in native code', 'good'])).toEqual(['WorkerLost', 'answered']);
  });

  test('is waited for when the pool is closed, and not replaced then', async () => {
    const pool = await start(['loads native code'], { seconds: 1 });
    await outcomes(pool, ['stays in native code']);
    await pool.close();
    expect(pool.workers).toBe(0);
  });
});

describe('a first worker', () => {
  test('that cannot load is told', async () => {
    await expect(start(['cannot load'])).rejects.toThrow('no model');
  });

  test('that dies is told', async () => {
    await expect(start(['dies'])).rejects.toThrow('ended before it had loaded its network');
  });
});
