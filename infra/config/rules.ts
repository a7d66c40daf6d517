import type { Values } from './schema.ts';

/** What must hold between keys. */
export interface Rule {
  /** The keys that it is about; a rule is left out while one of these is wrong by itself. */
  readonly keys: readonly string[];
  /** What is wrong and how to mend it, or nothing. */
  readonly fault: (values: Values, isSet: IsSet) => string | undefined | false;
}

/** Whether somebody set a key to something else than what it falls back on. */
export type IsSet = (key: string) => boolean;

export const rules: readonly Rule[] = [
  {
    keys: ['image:command', 'image:delivery'],
    fault: ({ image }) =>
      image.delivery === 'command' &&
      image.name === undefined &&
      image.command === undefined &&
      'image:command: it must be set, since image:delivery is command.',
  },
  {
    keys: ['image:registryServer', 'image:delivery'],
    fault: ({ image }) =>
      image.delivery === 'registry' &&
      image.name === undefined &&
      image.registryServer === undefined &&
      'image:registryServer: it must be set, since image:delivery is registry.',
  },
  {
    keys: ['image:registryServer', 'image:registryUsername', 'image:registryPassword'],
    fault: ({ image }) =>
      (image.registryUsername === undefined) !== (image.registryPassword === undefined) &&
      `image:${image.registryUsername === undefined ? 'registryUsername' : 'registryPassword'}: a name and a password must be set together.`,
  },
  {
    keys: ['image:registryServer', 'image:registryUsername'],
    fault: ({ image }) =>
      image.registryUsername !== undefined &&
      image.registryServer === undefined &&
      'image:registryServer: it must be set, since image:registryUsername is.',
  },
  {
    keys: ['server:replicas', 'server:maxReplicas'],
    fault: ({ server }) =>
      server.maxReplicas !== undefined &&
      server.maxReplicas < server.replicas &&
      `server:maxReplicas = ${server.maxReplicas}: it must not be below server:replicas, ${server.replicas}.`,
  },
  {
    keys: ['serverless:minReplicas', 'serverless:platform', 'faceoff:architectures'],
    fault: ({ serverless, faceoff }) =>
      serverless.minReplicas === 0 &&
      faceoff.architectures.includes('serverless') &&
      serverless.platform.includes('openfaas') &&
      'serverless:minReplicas = 0: it must be at least 1 with OpenFaaS; raise it, or set serverless:platform to knative alone.',
  },
  {
    keys: ['ngrok:authtoken', 'serverless:platform', 'faceoff:architectures'],
    fault: ({ ngrok, serverless, faceoff }) =>
      ngrok.authtoken !== undefined &&
      serverless.platform.includes('knative') &&
      faceoff.architectures.includes('serverless') &&
      'ngrok:authtoken: it must not be set when serverless:platform has knative, whose ingress knows its functions by the host name, and ngrok sends another; remove one of them.',
  },
  {
    keys: ['ngrok:authtoken', 'faceoff:architectures'],
    fault: ({ ngrok, faceoff }) =>
      ngrok.authtoken !== undefined &&
      faceoff.architectures.includes('hybrid') &&
      'ngrok:authtoken: it must not be set when faceoff:architectures has hybrid, whose router has no agent; remove one of them.',
  },
  {
    keys: ['hybrid:inFlight', 'hybrid:base', 'faceoff:architectures'],
    fault: ({ hybrid, faceoff }) =>
      faceoff.architectures.includes('hybrid') &&
      hybrid.base > 1 &&
      hybrid.inFlight === 'measured' &&
      `hybrid:inFlight = measured: it must be a number with hybrid:base = ${hybrid.base}, since what is measured is of a base of one; set what one server keeps.`,
  },
  {
    keys: ['faceoff:namespace'],
    fault: ({ faceoff }) =>
      ['faceoff-hybrid', 'faceoff-knative', 'faceoff-benchmark', 'openfaas', 'openfaas-fn'].includes(
        faceoff.namespace,
      ) && `faceoff:namespace = ${faceoff.namespace}: other parts of a stack are made in that one; take another.`,
  },
  {
    keys: ['serverless:minReplicas', 'serverless:maxReplicas'],
    fault: ({ serverless }) =>
      serverless.maxReplicas < serverless.minReplicas &&
      `serverless:maxReplicas = ${serverless.maxReplicas}: it must not be below serverless:minReplicas, ${serverless.minReplicas}.`,
  },
  {
    keys: ['ngrok:authtoken', 'ngrok:serverDomain', 'ngrok:gatewayDomain'],
    fault: ({ ngrok }) =>
      ngrok.authtoken === undefined &&
      (ngrok.serverDomain ?? ngrok.gatewayDomain) !== undefined &&
      'ngrok:authtoken: it must be set, since a domain is: pulumi config set --secret ngrok:authtoken …',
  },
  {
    keys: ['ngrok:serverDomain', 'ngrok:gatewayDomain'],
    fault: ({ ngrok }) =>
      ngrok.serverDomain !== undefined &&
      ngrok.serverDomain === ngrok.gatewayDomain &&
      `ngrok:gatewayDomain = ${ngrok.gatewayDomain}: it must differ from ngrok:serverDomain.`,
  },
  {
    keys: ['ngrok:authtoken', 'ngrok:serverDomain', 'server:replicas', 'server:maxReplicas'],
    fault: ({ ngrok, server }) =>
      ngrok.authtoken !== undefined &&
      ngrok.serverDomain === undefined &&
      (server.maxReplicas ?? server.replicas) > 1 &&
      'ngrok:serverDomain: it must be set when the server may have more than one replica, since each would get a URL of its own.',
  },
];
