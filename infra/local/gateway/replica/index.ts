export { defaultLimits, type ReplicaLimits } from './limits.ts';
export { type Image, processReplicas } from './process-replicas.ts';
export { WaitingLine } from './waiting-line.ts';
