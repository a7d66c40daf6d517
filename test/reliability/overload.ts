import { setTimeout as sleep } from 'node:timers/promises';
import { type Photo, prepareOpenLoop, runOpenLoop, type Sample } from '../../bench/load/index.ts';
import { closedLoop } from '../performance/closed-loop.ts';
import type { KnownPhoto } from '../performance/photos.ts';
import { classOf, type ServiceProcess } from './service-process.ts';

type Answer = Pick<Sample, 'intended' | 'answered' | 'status' | 'error' | 'detail'>;

/** What came of more requests than the service can answer. */
export interface Overloaded {
  answers: Answer[];
  /** Requests a second that were answered with 200 while the load lasted. */
  goodput: number;
  /** From the last request of the load to the end of the first lone one that was answered with 200, in milliseconds. */
  recoveryMs: number;
}

/** Requests a second that the service answers while as many are on the way as its queue holds without refusing one. */
export async function capacityOf(
  { url }: ServiceProcess,
  photos: readonly KnownPhoto[],
  seconds: number,
): Promise<number> {
  return (await closedLoop(`${url}/`, photos, { connections: 16, until: { seconds } })).rate;
}

/** Sends at a constant rate, whatever comes back, and sees how soon afterwards one that comes alone is answered. */
export async function overload(
  service: ServiceProcess,
  photos: readonly KnownPhoto[],
  { rate, seconds }: { rate: number; seconds: number },
): Promise<Overloaded> {
  await prepareOpenLoop();
  const answers: Answer[] = [];
  const load = runOpenLoop({
    url: `${service.url}/`,
    photos: photos.map(({ name, bytes }): Photo => ({ name, bytes, contentType: 'image/jpeg' })),
    arrivals: { kind: 'constant', rate, seconds },
    timeoutMs: 30_000,
    signal: new AbortController().signal,
    onSample: ({ intended, answered, status, error, detail }) =>
      answers.push({
        intended,
        answered,
        ...(status !== undefined && { status }),
        ...(error !== undefined && { error }),
        ...(detail !== undefined && { detail }),
      }),
  });
  await sleep(seconds * 1000);
  const recovered = await untilAnswered(service, photos[0] as KnownPhoto);
  await load;
  const last = answers.reduce((latest, { intended }) => Math.max(latest, intended), 0);
  const inTime = answers.filter(({ status, answered }) => status === 200 && answered <= last);
  return { answers, goodput: inTime.length / seconds, recoveryMs: recovered - last };
}

/** When the first lone request after now has its answer, in milliseconds since 1970. */
async function untilAnswered(service: ServiceProcess, photo: KnownPhoto): Promise<number> {
  for (;;) {
    const answered = await classOf(service, photo).catch(() => undefined);
    if (answered !== undefined) return performance.timeOrigin + performance.now();
    await sleep(20);
  }
}

/** How many got each status, or each kind of failure. */
export function countAnswers(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, error } of answers) {
    const outcome = error ?? String(status);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
