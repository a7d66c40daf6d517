import { fileURLToPath } from 'node:url';

export { type ClientLimits, defaultClientLimits } from './client-limits.ts';
export { checkEnvironment } from './config.ts';
export {
  type Deployment,
  Functions,
  type LeasedReplica,
  parseDeployment,
  type ReplicaKind,
  type Replicas,
  scaleLabels,
} from './function/index.ts';
export { GatewayError } from './gateway-error.ts';
export { gatewayMessage, type RestoreMessage } from './message.ts';
export { PasswordFile } from './password-file.ts';
export { defaultLimits, type Image, type ReplicaLimits, WaitingLine } from './replica/index.ts';
export { type AutoscalerTiming, openfaasTiming, quickTiming } from './scaling/index.ts';
export { serve } from './serve.ts';

/** The gateway's executable: started by Node with tsx, configured by its environment as config.ts says. */
export const gatewayMain = fileURLToPath(new URL('./main.ts', import.meta.url));
