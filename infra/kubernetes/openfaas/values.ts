import * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';

type Values = Record<string, unknown>;

/**
 * A model that loads slowly counts as starting, not as dead: a function has no startup probe, and the chart's own times
 * end a replica that is not ready after 8 s. In seconds.
 */
const startup = 120;

/**
 * Values of OpenFaaS's chart: no message queue, no ingress, images that the nodes have are used, and a function that has
 * no replica is started by its next call. Those of the configuration are merged over them; all are secret where those are.
 */
export function chartValues(
  openfaas: Pick<StackConfig['openfaas'], 'edition' | 'imagePullPolicy' | 'values'>,
  functionNamespace: pulumi.Input<string>,
): pulumi.Input<Values> {
  const { edition, imagePullPolicy, values } = openfaas;
  const own = {
    functionNamespace,
    generateBasicAuth: false,
    async: false,
    httpProbe: true,
    openfaasPro: edition === 'pro',
    openfaasImagePullPolicy: imagePullPolicy,
    // In charts up to 12, and after that.
    faasnetes: { imagePullPolicy, livenessProbe: { initialDelaySeconds: startup } },
    functions: { imagePullPolicy },
    gateway: { scaleFromZero: true },
    basicAuthPlugin: { replicas: 0 },
    ingressOperator: { create: false },
    // The program makes a Service of its own, whose port the cluster chooses.
    exposeServices: false,
  };
  return pulumi.Output.isInstance(values)
    ? pulumi.all([own, values]).apply(([first, second]) => merge(first, second))
    : merge(own, values as Values);
}

/** Objects are merged key by key; anything else of the second replaces what the first has. */
export function merge(first: Values, second: Values): Values {
  const merged = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const before = merged[key];
    merged[key] = isObject(before) && isObject(value) ? merge(before, value) : value;
  }
  return merged;
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
