import type { ServerResponse } from 'node:http';
import {
  checksTable,
  judgeRun,
  parseCheck,
  parseTarget,
  profiles,
  readPhotos,
  scenarios,
  startRun,
  type Target,
  writeReport,
} from '../../bench/index.ts';
import { type Endpoint, startEndpoint } from '../double/endpoint.ts';

/** Each scenario as short as it can be and still have all of its figures. */
const settings = {
  ...profiles.quick,
  idle: { seconds: 0.3 },
  latency: { requests: 40, blocks: 8, warmup: 0 },
  throughput: { connections: 2, seconds: 1.6, blocks: 8, warmupSeconds: 0 },
  'cold-start': { trials: 3, timeoutMs: 5000 },
  capacity: { ...profiles.quick.capacity, requests: 20, resolution: 1, probes: 4, maxRate: 100 },
  autoscaling: { rate: 20, seconds: 1, quietSeconds: 0.2 },
  burst: { ...profiles.quick.burst, seconds: 1.5, idleSeconds: 0 },
  'base-burst': {
    ...profiles.quick['base-burst'],
    ...{ rate: 20, beforeSeconds: 0.5, burstSeconds: 1, afterSeconds: 0.5 },
  },
};

/** A run folder with its report, and the endpoints that were measured. */
export interface WholeRun {
  folder: string;
  page: string;
  close(): Promise<void>;
}

/**
 * A real run of every scenario on test doubles of a server, functions and a hybrid that tell all that a platform can:
 * its report has every figure and every table that there are.
 */
export async function makeWholeRun(results: string, name: string, extraMs = 0): Promise<WholeRun> {
  const endpoints = await Promise.all([
    startEndpoint((_, response) => answer(response, 2 + extraMs)),
    startEndpoint((_, response) => answer(response, 6 + extraMs, fromColdReplica())),
    startEndpoint((_, response) => answer(response, 4 + extraMs, routed())),
  ]);
  const [server, serverless, hybrid] = endpoints as [Endpoint, Endpoint, Endpoint];
  const run = await startRun({
    ...{ name, results, profile: 'quick', seed: 1, settings, scenarios },
    targets: [
      target('server', server, ['classifier']),
      {
        ...target('serverless', serverless, ['gateway', 'classifier']),
        scale: async () => undefined,
        startedSince: async (time) => ({ created: time + 0.1, scheduled: time + 0.2, pulled: time + 0.3 }),
      },
      { ...target('hybrid', hybrid, ['router', 'gateway', 'classifier']), overflowAt: async () => undefined },
    ],
    photos: await readPhotos(),
    signal: new AbortController().signal,
  });
  for (const step of run.steps) await step.run(() => undefined);
  await run.end();
  const failIf = [parseCheck('latency.p95 > 1ms'), parseCheck('server:errors > 1%')];
  const { page } = await writeReport(run.folder, { checks: (summary) => checksTable(judgeRun(failIf, summary)) });
  return {
    folder: run.folder,
    page,
    close: async () => void (await Promise.all(endpoints.map((endpoint) => endpoint.close()))),
  };
}

function target(architecture: 'server' | 'serverless' | 'hybrid', { url }: Endpoint, parts: readonly string[]): Target {
  return {
    ...parseTarget(`${architecture}=${url}`),
    architecture,
    replicas: async () => ({ ready: 1, desired: 1 }),
    // Each uses a tenth of a core, whether it has work or not.
    resources: async () =>
      parts.map((name) => ({
        ...{ name, kind: name === 'classifier' ? 'replica' : 'fixed', processes: 1, memoryBytes: 1e8 },
        ...{ time: performance.now(), cpuSeconds: performance.now() / 1e4 },
        reserved: { cpus: 1, memoryBytes: 2e8 },
      })),
  };
}

function answer(response: ServerResponse, ms: number, headers: Record<string, string> = {}): void {
  setTimeout(() => response.writeHead(200, headers).end('{"top":[{"label":"cat","probability":1}]}'), ms);
}

/** As a replica that was started for this request. */
function fromColdReplica(): Record<string, string> {
  const now = performance.timeOrigin + performance.now();
  const times = { started: now + 1, loading: now + 2, ready: now + 3 };
  return Object.fromEntries(Object.entries(times).map(([name, time]) => [`x-replica-${name}`, String(time)]));
}

let turn = 0;
/** By the base, and every third request by the function that it overflows to. */
function routed(): Record<string, string> {
  turn += 1;
  return { 'x-routed-to': turn % 3 === 0 ? 'overflow' : 'base' };
}
