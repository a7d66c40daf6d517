/** What every pod of the program states about its security: the "restricted" Pod Security Standard, and a user by number. */
export const podSecurity = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  fsGroup: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/** What every container of the program states about its security. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] as string[] },
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/** Labels of a namespace in which Kubernetes itself refuses pods that are less strict. */
export const restricted = {
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/warn': 'restricted',
} as const;

/** The same for pods whose security this program cannot state in full: those that OpenFaaS makes of functions. */
export const baseline = {
  'pod-security.kubernetes.io/enforce': 'baseline',
  'pod-security.kubernetes.io/warn': 'baseline',
} as const;
