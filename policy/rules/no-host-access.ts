import { containersOf, podOf } from '../kubernetes/index.ts';
import type { ObjectRule } from './rule.ts';

export const noHostAccess: ObjectRule = {
  name: 'no-host-access',
  description: 'Pods share neither namespaces, folders nor ports with their node, and none is privileged.',
  check: (object) => {
    const pod = podOf(object);
    const { hostNetwork, hostPID, hostIPC, volumes = [] } = pod?.spec ?? {};
    return [
      ...Object.entries({ hostNetwork, hostPID, hostIPC })
        .filter(([, shared]) => shared === true)
        .map(([field]) => `remove ${field}`),
      ...volumes
        .filter(({ hostPath }) => hostPath !== undefined)
        .map(({ name }) => `volume ${name}: use another kind than hostPath`),
      ...containersOf(pod).flatMap(({ name, ports = [], securityContext }) => [
        ...(securityContext?.privileged === true ? [`container ${name}: remove securityContext.privileged`] : []),
        ...(ports.some(({ hostPort }) => (hostPort ?? 0) > 0) ? [`container ${name}: remove hostPort`] : []),
      ]),
    ];
  },
};
