import { kindOf, podOf, serving } from '../kubernetes/index.ts';
import type { ObjectRule } from './rule.ts';

export const probes: ObjectRule = {
  name: 'probes',
  description: 'Every container of a Deployment that opens a port is probed for readiness and liveness.',
  check: (object) =>
    kindOf(object) === 'Deployment'
      ? serving(podOf(object)).flatMap(({ name, ...container }) =>
          (['readinessProbe', 'livenessProbe'] as const)
            .filter((probe) => container[probe] === undefined)
            .map((probe) => `container ${name}: add a ${probe}`),
        )
      : [],
};
