import { containerRule } from './rule.ts';

export const readOnlyRoot = containerRule(
  'read-only-root',
  'No container writes to its image; what it writes goes to a volume.',
  ({ securityContext }) =>
    securityContext?.readOnlyRootFilesystem !== true && 'set securityContext.readOnlyRootFilesystem to true',
);
