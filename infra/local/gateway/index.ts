import { fileURLToPath } from 'node:url';

export { generatePassword } from './config.ts';
export { Functions, scaleLabels } from './function/index.ts';
export { gatewayMessage } from './message.ts';
export { defaultLimits, type Image, type ReplicaLimits } from './replica/index.ts';
export { type AutoscalerTiming, openfaasTiming, quickTiming } from './scaling/index.ts';
export { serve } from './serve.ts';

/** The gateway's executable: started by Node with tsx, configured by its environment as config.ts says. */
export const gatewayMain = fileURLToPath(new URL('./main.ts', import.meta.url));
