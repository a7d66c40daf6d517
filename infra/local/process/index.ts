export { Backoff } from './backoff.ts';
export { Child, describeExit } from './child.ts';
export { withoutSecrets } from './environment.ts';
export { checkPort, freePort, loopback } from './free-port.ts';
export { type Part, partOf, partSchema } from './part.ts';
export { runSource } from './run-source.ts';
export { type Service, startService } from './service.ts';
export { SupervisedService, type SupervisedServiceOptions } from './supervised-service.ts';
export { readUsage, usageKnown } from './usage.ts';
