import { Pool } from 'undici';
import type { Random } from '../../../bench/stats/index.ts';
import type { LocalTarget } from '../../../infra/local/index.ts';
import { essence, type Question } from './requests.ts';

/** What became of one question. Moments are milliseconds of `performance.now()`. */
export interface Outcome {
  target: string;
  question: string;
  id: string;
  sentAt: number;
  endedAt: number;
  right: Question['right'];
  /** Absent when the connection was refused or lost. */
  answer?: Question['right'] & { id: string };
  /** Why there is no answer. */
  failure?: string;
}

export interface LoadOptions {
  target: Pick<LocalTarget, 'name' | 'url'>;
  questions: readonly Question[];
  /** Questions at once. */
  lanes: number;
  random: Random;
  onOutcome: (outcome: Outcome) => void;
  signal: AbortSignal;
}

/** A lane rests so long after a connection that was refused or lost, so that a target that is down is not stormed. */
const restMs = 100;

/** Asks drawn questions until aborted, each with an id of its own. Resolves when the last one has its outcome. */
export async function load({ target, questions, lanes, random, onOutcome, signal }: LoadOptions): Promise<void> {
  const { origin, pathname } = new URL(target.url);
  const pool = new Pool(origin, { connections: lanes });
  let count = 0;
  const lane = async () => {
    while (!signal.aborted) {
      const question = questions[random(0, questions.length - 1)];
      if (question === undefined) throw new Error('There is nothing to ask');
      count += 1;
      const outcome = await ask(pool, pathname, question, { target: target.name, id: `${target.name}-${count}` });
      onOutcome(outcome);
      if (outcome.answer === undefined) await new Promise((resolve) => setTimeout(resolve, restMs));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await pool.close();
}

async function ask(
  pool: Pool,
  base: string,
  { name, method, path, body, right }: Question,
  named: Pick<Outcome, 'target' | 'id'>,
): Promise<Outcome> {
  const sentAt = performance.now();
  const result = await pool
    .request({ path: base.replace(/\/$/, '') + path, method, body, headers: { 'x-request-id': named.id } })
    .then(async ({ statusCode: status, headers, body: answer }) => ({
      answer: { status, essence: essence(await answer.text()), id: String(headers['x-request-id']) },
    }))
    .catch((error: Error) => ({ failure: error.message }));
  return { ...named, question: name, right, sentAt, endedAt: performance.now(), ...result };
}
