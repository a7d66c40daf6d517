import { makeKnative } from './knative.ts';
import type { Made, MakeArgs } from './made.ts';
import { makeOpenFaas } from './openfaas.ts';

const platforms = { openfaas: makeOpenFaas, knative: makeKnative };

/** The classifier as a function of the platform that the configuration chose. */
export function makeServerless(args: MakeArgs): Made {
  return platforms[args.config.serverless.platform](args);
}
