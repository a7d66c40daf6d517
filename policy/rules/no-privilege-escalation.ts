import { containerRule } from './rule.ts';

export const noPrivilegeEscalation = containerRule(
  'no-privilege-escalation',
  'No process gains more privileges than the one that started it.',
  ({ securityContext }) =>
    securityContext?.allowPrivilegeEscalation !== false && 'set securityContext.allowPrivilegeEscalation to false',
);
