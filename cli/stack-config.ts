import { stringify } from 'yaml';
import type { Advice } from '../advise/index.ts';
import { configKeys } from '../infra/config/index.ts';

type Choice = Advice['choices'][number];

/**
 * The configuration of a stack that serves as advised, as the text of a `Pulumi.NAME.yaml`.
 *
 * @throws Error when no stack can serve that way, or a value is none that the program takes.
 */
export function stackConfig({ family, result: { settings } }: Pick<Choice, 'family' | 'result'>): string {
  const values = valuesOf(family, settings);
  for (const [name, value] of Object.entries(values)) {
    const read = configKeys.get(name)?.value.safeParse(typeof value === 'string' ? value : JSON.stringify(value));
    if (read?.success !== true) {
      throw new Error(
        `${name}: ${JSON.stringify(value)} is not taken: ${read?.error.issues[0]?.message ?? 'there is no such key'}`,
      );
    }
  }
  return stringify({ config: values });
}

function valuesOf(family: Choice['family'], settings: Choice['result']['settings']): Record<string, string | string[]> {
  const text = (name: string): string => String(settings[name]);
  switch (family) {
    case 'server':
      return { 'faceoff:architectures': ['server'], 'server:replicas': text('replicas') };
    case 'hpa':
      return {
        'faceoff:architectures': ['server'],
        'server:replicas': text('min'),
        'server:maxReplicas': text('max'),
        'server:cpuTarget': text('CPU target %'),
      };
    case 'openfaas':
      return {
        'faceoff:architectures': ['serverless'],
        'serverless:minReplicas': text('min'),
        'serverless:maxReplicas': text('max'),
        'serverless:scaleFactor': text('scale factor'),
      };
    default:
      throw new Error(`no stack of this program serves by ${family}: there is no configuration to write`);
  }
}
