export { defaultLimits, type ReplicaLimits } from './limits.ts';
export type { Replica, Template } from './replica.ts';
export { ReplicaSet, type ReplicaSetOptions } from './replica-set.ts';
