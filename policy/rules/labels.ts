import { type KubernetesObject, kindOf, podOf } from '../kubernetes/index.ts';
import type { ObjectRule } from './rule.ts';

const required = ['name', 'instance', 'component', 'part-of', 'managed-by'].map((part) => `app.kubernetes.io/${part}`);

export const labels: ObjectRule = {
  name: 'labels',
  description: 'Every object, and every pod of a workload, says by labels what it belongs to.',
  check: (object) => [
    ...missing('metadata.labels', object.props.metadata?.labels),
    ...(hasTemplate(object) ? missing("its pods' metadata.labels", podOf(object)?.metadata?.labels) : []),
  ],
};

/** A Pod is its own template. */
function hasTemplate(object: KubernetesObject): boolean {
  return podOf(object) !== undefined && kindOf(object) !== 'Pod';
}

function missing(where: string, given: Readonly<Record<string, string>> = {}): string[] {
  const absent = required.filter((label) => !given[label]);
  return absent.length > 0 ? [`add to ${where}: ${absent.join(', ')}`] : [];
}
