import type { Made, MakeArgs } from './made.ts';
import { makeServer } from './server.ts';
import { makeServerless } from './serverless.ts';

export type { Made };

/** Makes each architecture. */
export const architectures: Record<'server' | 'serverless', (args: MakeArgs) => Made> = {
  server: makeServer,
  serverless: makeServerless,
};
