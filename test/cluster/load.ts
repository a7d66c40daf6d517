import { setTimeout as sleep } from 'node:timers/promises';

/** What became of requests: how many were answered by 200, and the status or error of each other one. */
export interface Answers {
  answered: number;
  failures: string[];
}

/**
 * Sends one request after the other while something happens.
 * @param lanes so many do that at once, each on a connection of its own.
 */
export async function underLoad(
  send: () => Promise<Response>,
  happens: () => Promise<unknown>,
  lanes = 1,
): Promise<Answers> {
  const answers: Answers = { answered: 0, failures: [] };
  let over = false;
  const lane = async () => {
    while (!over) {
      const outcome = await send().then(
        (answer) => answer.text().then(() => String(answer.status)),
        (error: unknown) => String(error),
      );
      if (outcome === '200') answers.answered += 1;
      else answers.failures.push(outcome);
      await sleep(100);
    }
  };
  const load = Promise.all(Array.from({ length: lanes }, lane));
  try {
    await happens();
  } finally {
    over = true;
    await load;
  }
  return answers;
}
