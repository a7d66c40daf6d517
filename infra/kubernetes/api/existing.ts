import { ApiException } from '@kubernetes/client-node';

/** @throws Error that says so when the object that is asked for is not there. */
export async function existing<T>(asked: Promise<T>, what: string): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new Error(`the cluster has no ${what}`, { cause: error });
  }
}

/** Whether an error says, or was caused by, that the cluster has no such object. */
export function isMissing(error: unknown): boolean {
  if (error instanceof ApiException) return error.code === 404;
  return error instanceof Error && isMissing(error.cause);
}
