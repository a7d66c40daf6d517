import { containerRule } from './rule.ts';

export const noCapabilities = containerRule(
  'no-capabilities',
  'Every container drops all capabilities and adds none.',
  ({ securityContext }) => {
    const { drop = [], add = [] } = securityContext?.capabilities ?? {};
    if (!drop.includes('ALL')) return 'set securityContext.capabilities.drop to ["ALL"]';
    return add.length > 0 && `remove ${add.join(', ')} from securityContext.capabilities.add`;
  },
);
