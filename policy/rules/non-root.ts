import { containerRule } from './rule.ts';

export const nonRoot = containerRule(
  'non-root',
  'No container runs as root.',
  ({ securityContext: own }, { securityContext: shared }) => {
    if ((own?.runAsNonRoot ?? shared?.runAsNonRoot) !== true) return 'set securityContext.runAsNonRoot to true';
    return (own?.runAsUser ?? shared?.runAsUser) === 0 && 'set securityContext.runAsUser to a user other than 0';
  },
);
