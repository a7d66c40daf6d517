import { ApiException } from '@kubernetes/client-node';

/** @throws Error that says so when the object that is asked for is not there. */
export async function existing<T>(asked: Promise<T>, what: string): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof ApiException && error.code === 404)) throw error;
    throw new Error(`the cluster has no ${what}`, { cause: error });
  }
}
