import { isUsed } from './platforms.ts';
import type { Rule } from './rules.ts';
import type { Values } from './schema.ts';

export type Edition = 'mit' | 'ce' | 'pro';

/** The edition that a chart is of: MIT ended with chart 12. */
export function editionOf({ edition, chartVersion, chartPath }: Values['openfaas']): Edition {
  return edition ?? (Number.parseInt(chartPath?.version ?? chartVersion, 10) <= 12 ? 'mit' : 'ce');
}

/** What decides the edition. */
export const editionKeys = ['openfaas:edition', 'openfaas:chartVersion', 'openfaas:chartPath'];

const edition = [...editionKeys, 'faceoff:architectures', 'serverless:platform', 'hybrid:platform'];

/** The most replicas that the Community Edition makes. */
const communityReplicas = 5;

/** Limits of OpenFaaS's editions that would otherwise show late, or never, as a function that does not come up. */
export const editionRules: readonly Rule[] = [
  {
    keys: [...edition, 'openfaas:license'],
    fault: (values) =>
      of(values) === 'pro' &&
      values.openfaas.license === undefined &&
      'openfaas:license: it must be set, since openfaas:edition is pro: pulumi config set --secret openfaas:license …',
  },
  {
    keys: [...edition, 'serverless:scaleToZero'],
    fault: (values) =>
      of(values) !== undefined &&
      of(values) !== 'pro' &&
      values.serverless.scaleToZero !== undefined &&
      `serverless:scaleToZero = ${values.serverless.scaleToZero}: only OpenFaaS Pro scales idle functions to zero, and this is ${of(values)}; remove it, or set openfaas:edition to pro.`,
  },
  {
    keys: [...edition, 'serverless:maxReplicas'],
    fault: (values) =>
      of(values) === 'ce' &&
      values.serverless.maxReplicas > communityReplicas &&
      `serverless:maxReplicas = ${values.serverless.maxReplicas}: it must be at most ${communityReplicas} with OpenFaaS's Community Edition; lower it, or take chart 12.0.0.`,
  },
  {
    keys: [...edition, 'image:name', 'image:delivery'],
    fault: (values) =>
      of(values) === 'ce' &&
      values.image.name === undefined &&
      values.image.delivery !== 'registry' &&
      `image:delivery = ${values.image.delivery}: OpenFaaS's Community Edition runs no image that is only on the nodes; set it to registry, with a registry that lets anybody pull, or take chart 12.0.0.`,
  },
];

/** Nothing when there is no OpenFaaS. */
function of(values: Values): Edition | undefined {
  return isUsed('openfaas', values) ? editionOf(values.openfaas) : undefined;
}
