import type { Values } from './schema.ts';

export type PlatformName = Values['serverless']['platform'][number];

/** What runs the function of the hybrid. */
export function hybridPlatform({ hybrid, serverless }: Pick<Values, 'hybrid' | 'serverless'>): PlatformName {
  const [first = 'openfaas'] = serverless.platform;
  return hybrid.platform ?? first;
}

/** Whether a function of an architecture that is asked for runs there. */
export function isUsed(platform: PlatformName, values: Pick<Values, 'faceoff' | 'hybrid' | 'serverless'>): boolean {
  const { architectures } = values.faceoff;
  return (
    (architectures.includes('serverless') && values.serverless.platform.includes(platform)) ||
    (architectures.includes('hybrid') && hybridPlatform(values) === platform)
  );
}
