import type { Policy } from './policy.ts';

/** So many replicas, always. */
export function fixed(replicas: number): Policy {
  return { initial: replicas, every: Number.POSITIVE_INFINITY, look: () => replicas, wake: () => replicas };
}
