import { containerRule } from './rule.ts';

export const seccomp = containerRule(
  'seccomp',
  "Every container is held to the runtime's default system calls.",
  ({ securityContext: own }, { securityContext: shared }) =>
    (own?.seccompProfile ?? shared?.seccompProfile)?.type !== 'RuntimeDefault' &&
    'set securityContext.seccompProfile.type to RuntimeDefault',
);
