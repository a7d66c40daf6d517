export { type ClosedLoop, closedLoop } from './closed-loop.ts';
export { type Distribution, meanOf, stretched } from './distribution.ts';
export type { InstanceKind, InstancesUse } from './instances.ts';
export type { Change, GroupUse, ReplicaKind } from './replica-group.ts';
export { type Outcome, type SimulateOptions, simulate } from './simulate.ts';
export { Simulators } from './simulators.ts';
export type { GroupSettings, PolicySettings, System, SystemUse } from './system.ts';
