import { ApiException } from '@kubernetes/client-node';
import { z } from 'zod';
import { until, type Waiting } from '../api/index.ts';

/** The cluster does not take an object as it is. */
class Refused extends Error {}

const refusals = [400, 401, 403, 405, 413, 415, 422];

/** What kept an object from being applied. @param what The object. */
export function notApplied(what: string, error: unknown): Error {
  const told = `${what}: ${reasonOf(error)}`;
  const isRefusal = error instanceof ApiException && refusals.includes(error.code);
  return isRefusal ? new Refused(told, { cause: error }) : new Error(told, { cause: error });
}

/** Milliseconds that a kind that was defined just now, or a webhook that does not answer yet, may take. */
const patienceMs = 60_000;

/** Applies until it is done. @throws Error at once when the cluster refuses the object, and when it takes too long. */
export async function applied(
  what: string,
  apply: () => Promise<unknown>,
  patience: Omit<Waiting, 'pending'>,
): Promise<void> {
  const pending = () =>
    apply().then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof Refused) throw error;
        return error instanceof Error ? error.message : String(error);
      },
    );
  const shorter = Math.min(patience.patienceMs, patienceMs);
  await until({ ...patience, patienceMs: shorter, pending }, `${what} cannot be made`);
}

const statusSchema = z.object({ message: z.string() });

function reasonOf(error: unknown): string {
  if (!(error instanceof ApiException)) return error instanceof Error ? error.message : String(error);
  const { data } = statusSchema.safeParse(typeof error.body === 'string' ? parsed(error.body) : error.body);
  return data?.message ?? `the cluster answered ${error.code}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
