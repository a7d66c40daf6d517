import { podOf } from '../kubernetes/index.ts';
import type { ObjectRule } from './rule.ts';

export const noApiToken: ObjectRule = {
  name: 'no-api-token',
  description: "Only pods with a service account of their own get a token for Kubernetes' API.",
  check: (object) => {
    const spec = podOf(object)?.spec;
    if (spec === undefined || spec.automountServiceAccountToken === false) return [];
    return (spec.serviceAccountName ?? 'default') === 'default'
      ? [
          'set automountServiceAccountToken to false, or serviceAccountName to an account that has only the rights needed',
        ]
      : [];
  },
};
