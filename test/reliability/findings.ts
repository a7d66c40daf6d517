import type { GoodPhoto } from './good-photo.ts';
import type { ServiceProcess } from './service-process.ts';

/** What came of sending many things that may be broken. */
export interface Findings {
  /** How often each status was answered; `none` is a connection that was closed without. */
  answers: Map<number | 'none', number>;
  /** What must not be, each with the name of what it was the answer to. */
  faults: string[];
}

/** Whether the client, or too much load, is to blame for a status: the service has not failed. */
export function isBlameless(status: number): boolean {
  return status === 503 || (status >= 100 && status < 500);
}

/** A share of the sendings: after so many of them a good photo has to get its right answer. */
const goodEvery = 50;

export interface Sending {
  /** Number of the first; the same number is the same thing again. */
  from: number;
  count: number;
  /** How many are on the way at a time. */
  lanes: number;
  service: ServiceProcess;
  good: GoodPhoto;
  /** Sends the one of this number. Returned are the statuses that it was answered with, none when there was no answer. */
  send: (number: number) => Promise<{ name: string; statuses: readonly number[]; fault?: string | undefined }>;
}

/** Sends them all, and looks at each answer, at the process, and now and then at the answer to a good photo. */
export async function sendAll({ from, count, lanes, service, good, send }: Sending): Promise<Findings> {
  const findings: Findings = { answers: new Map(), faults: [] };
  const note = (status: number | 'none') => findings.answers.set(status, (findings.answers.get(status) ?? 0) + 1);
  let next = from;
  const lane = async () => {
    while (next < from + count && service.ended() === undefined) {
      const number = next++;
      const { name, statuses, fault } = await send(number);
      for (const status of statuses.length === 0 ? (['none'] as const) : statuses) note(status);
      for (const status of statuses.filter((each) => !isBlameless(each))) findings.faults.push(`${name}: ${status}`);
      if (fault !== undefined) findings.faults.push(`${name}: ${fault}`);
      if (number % goodEvery === goodEvery - 1) {
        const wrong = await askPatiently(good);
        if (wrong !== undefined) findings.faults.push(`after ${name}: ${wrong}`);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (service.ended() !== undefined)
    findings.faults.push(`the service ended with ${service.ended()}: ${service.stderr()}`);
  return findings;
}

/** A photo among broken ones may be refused for the load that they are; not again and again. */
async function askPatiently(good: GoodPhoto): Promise<string | undefined> {
  let wrong: string | undefined;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    wrong = await good.ask();
    if (wrong === undefined || !wrong.includes(' 503: ')) return wrong;
  }
  return wrong;
}

/** The answers as one line: `200 × 5, 400 × 3`. */
export function describeAnswers({ answers }: Findings): string {
  const sorted = [...answers].sort(([a], [b]) => String(a).localeCompare(String(b)));
  return sorted.map(([status, count]) => `${status} × ${count}`).join(', ');
}
