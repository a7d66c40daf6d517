import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import { modelDir, startClassifier } from '../../app/test/classifier.ts';
import { startService } from '../../app/test/service.ts';
import { seeded } from '../../bench/stats/index.ts';
import { isRight } from './kills/judge.ts';
import { load, type Outcome } from './kills/load.ts';
import { askPhotos } from './kills/requests.ts';

/** Another one each day, so that in time many moments are tried; a failure names it. */
const seed = Math.floor(Date.now() / 86_400_000);
const kills = 10;
const threads = 2;
/** From when all threads are there to the next kill, in milliseconds at most: some pictures are run meanwhile. */
const longestPause = 200;

/** The worker threads that this process starts from now on, while they live and have loaded their network. */
function watchWorkers(): ReadonlySet<Worker> {
  const loaded = new Set<Worker>();
  const onWorker = (worker: Worker) => {
    worker.on('message', (said: { loaded?: boolean }) => {
      if (said.loaded === true) loaded.add(worker);
    });
    worker.once('exit', () => loaded.delete(worker));
  };
  process.on('worker', onWorker);
  onTestFinished(() => {
    process.off('worker', onWorker);
  });
  return loaded;
}

test('a thread that is ended with a picture fails that picture alone, and returns', { timeout: 180_000 }, async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => log.mockRestore());
  const workers = watchWorkers();
  const classifier = await startClassifier({ THREADS: String(threads) });
  onTestFinished(() => classifier.close());
  const { url } = await startService(classifier);
  const questions = await askPhotos({ url }, modelDir !== undefined);
  const random = seeded(seed);
  const outcomes: Outcome[] = [];
  const over = new AbortController();
  const loaded = load({
    target: { name: 'service', url },
    questions,
    lanes: 4 * threads,
    random: seeded(seed + 1),
    onOutcome: (outcome) => outcomes.push(outcome),
    signal: over.signal,
  });
  const allThere = () => vi.waitFor(() => expect(workers.size).toBe(threads), { timeout: 60_000 });
  const killedAt: number[] = [];
  try {
    while (killedAt.length < kills) {
      await allThere();
      await sleep(random(0, longestPause));
      const worker = [...workers][random(0, workers.size - 1)];
      killedAt.push(performance.now());
      await worker?.terminate();
    }
    await allThere();
    const answered = outcomes.length;
    await vi.waitFor(() => expect(outcomes.length).toBeGreaterThan(answered + 4 * threads), { timeout: 60_000 });
  } finally {
    over.abort();
    await loaded;
  }
  const others = outcomes.filter((outcome) => !isRight(outcome));
  const isLost = ({ answer }: Outcome) => answer?.status === 503 && answer.essence === '"WORKER_LOST"';
  expect(
    others.filter((outcome) => !isLost(outcome)),
    `seed ${seed}`,
  ).toEqual([]);
  // A thread that was between two pictures has none to lose, and none has two.
  const killsThatCost = others.map(({ endedAt }) => killedAt.findLastIndex((at) => at < endedAt));
  expect(new Set(killsThatCost).size, `seed ${seed}`).toBe(killsThatCost.length);
  expect(killsThatCost.length, `seed ${seed}`).toBeGreaterThan(0);
});
