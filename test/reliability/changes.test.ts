import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelDir } from '../../app/test/classifier.ts';
import { seeded } from '../../bench/stats/index.ts';
import type { LocalPlatform, LocalTarget } from '../../infra/local/index.ts';
import { judge } from './kills/judge.ts';
import { load, type Outcome } from './kills/load.ts';
import { startPlatform } from './kills/platform.ts';
import { askPhotos, type Question } from './kills/requests.ts';
import { gatewayOf } from './kills/victims.ts';

let platform: LocalPlatform;
let target: LocalTarget;
let photos: Question[];

beforeAll(async () => {
  platform = await startPlatform(() => undefined);
  const serverless = platform.targets.find(({ architecture }) => architecture === 'serverless');
  if (serverless === undefined) throw new Error('There is no serverless target');
  target = serverless;
  photos = await askPhotos(target, modelDir !== undefined);
});
afterAll(() => platform.stop());

/** What is wrong with the answers to photos that come while something is done, and how many are right. */
async function answersDuring(change: () => Promise<void>) {
  const outcomes: Outcome[] = [];
  const over = new AbortController();
  const onOutcome = (outcome: Outcome) => outcomes.push(outcome);
  const loaded = load({ target, questions: photos, lanes: 4, random: seeded(1), onOutcome, signal: over.signal });
  try {
    await change();
  } finally {
    over.abort();
    await loaded;
  }
  const { right, ...faults } = judge(outcomes, []);
  return { right, faults };
}

const none = { explained: { server: 0, gateway: 0, replica: 0 }, unexplained: [], wrong: [] };

/** @returns ids of the processes of all replicas. */
async function replicaPids(): Promise<number[]> {
  const { replicas } = await gatewayOf(platform).processes();
  return replicas.map(({ pid }) => pid);
}

test('scaling down and up again and again fails no photo', async () => {
  const { right, faults } = await answersDuring(async () => {
    for (const replicas of [1, 2, 1, 2, 1]) await target.scale?.(replicas);
  });
  expect(faults).toEqual(none);
  expect(right).toBeGreaterThan(0);
});

test('an update that replaces every replica fails no photo', async () => {
  await target.scale?.(2);
  const before = await replicaPids();
  const { right, faults } = await answersDuring(async () => {
    const image = platform.gateway?.image ?? '';
    await gatewayOf(platform).update({ service: 'classifier', image, envVars: { MODEL_NAME: 'renewed' } });
    while ((await replicaPids()).some((pid) => before.includes(pid))) await new Promise((go) => setTimeout(go, 50));
  });
  expect(faults).toEqual(none);
  expect(right).toBeGreaterThan(0);
});
