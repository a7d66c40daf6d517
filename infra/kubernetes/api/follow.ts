import {
  ApiException,
  type KubernetesListObject,
  type KubernetesObject,
  ListWatch,
  Watch,
} from '@kubernetes/client-node';
import type { Cluster } from './connect.ts';

/** Objects of one kind as the cluster tells them; what is read is in memory. */
export interface Followed<T> {
  list(): readonly T[];
  stop(): Promise<void>;
}

export interface Selection<T extends KubernetesObject> {
  /** Of the API, as /api/v1/namespaces/default/pods. */
  path: string;
  labelSelector?: string;
  fieldSelector?: string;
  /** Lists the same objects. */
  read(): Promise<KubernetesListObject<T>>;
  onChange(): void;
}

/** Milliseconds before a watch that broke is begun again. */
const againAfter = 500;

/**
 * Keeps a selection of objects up to date, and begins again when its watch breaks. Resolves with the first list.
 *
 * @throws Error when there is no first list.
 */
export async function follow<T extends KubernetesObject>(
  cluster: Cluster,
  { path, labelSelector, fieldSelector, read, onChange }: Selection<T>,
): Promise<Followed<T>> {
  let stopped = false;
  let begun = false;
  let first: unknown;
  let again: NodeJS.Timeout | undefined;
  const objects = new ListWatch<T>(path, new Watch(cluster), read, false, labelSelector, fieldSelector);
  const start = (): void => {
    objects.start().then(onChange, () => restart());
  };
  const restart = (error?: unknown): void => {
    // A list that fails is told by this event alone, and begins again by itself only once there was one.
    if (!begun) first ??= error;
    clearTimeout(again);
    if (begun && !stopped) again = setTimeout(start, againAfter);
  };
  for (const kind of ['add', 'change', 'delete'] as const) objects.on(kind, onChange);
  objects.on('error', restart);
  await objects.start();
  if (first !== undefined) {
    await objects.stop();
    throw new Error(`${path} cannot be followed: ${reason(first)}`, { cause: first });
  }
  begun = true;
  return {
    list: () => objects.list(),
    stop: async () => {
      stopped = true;
      clearTimeout(again);
      await objects.stop();
    },
  };
}

function reason(error: unknown): string {
  if (error instanceof ApiException) return `the cluster answered ${error.code}`;
  return error instanceof Error ? error.message : String(error);
}
