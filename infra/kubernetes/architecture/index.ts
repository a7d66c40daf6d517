import { makeHybrid } from './hybrid.ts';
import { makeKnative } from './knative.ts';
import type { ArchitectureArgs, Made, MakeArgs, PlatformName } from './made.ts';
import { makeOpenFaas } from './openfaas.ts';
import type { Platform } from './platform.ts';
import { makeServer } from './server.ts';
import { makeServerless } from './serverless.ts';

const architectures: Record<'server' | 'serverless' | 'hybrid', (args: ArchitectureArgs) => Made[]> = {
  server: (args) => [makeServer(args)],
  serverless: makeServerless,
  hybrid: makeHybrid,
};

const makers: Record<PlatformName, (args: MakeArgs) => Platform> = { openfaas: makeOpenFaas, knative: makeKnative };

/** Makes the architectures that the configuration asks for, and each platform that these need, once. */
export function makeArchitectures(args: MakeArgs): Made[] {
  const made = new Map<string, Platform>();
  const platform: ArchitectureArgs['platform'] = (name) => {
    const found = made.get(name) ?? makers[name](args);
    made.set(name, found);
    return found;
  };
  return args.config.architectures.flatMap((name) => architectures[name]({ ...args, platform }));
}
