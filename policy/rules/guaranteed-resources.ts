import { containerRule } from './rule.ts';

export const guaranteedResources = containerRule(
  'guaranteed-resources',
  'Every container gets the CPU and memory that it may use, whatever else runs: what is compared is compared fairly.',
  ({ resources }) => {
    const unequal = ['cpu', 'memory'].filter((resource) => {
      const request = resources?.requests?.[resource];
      return request === undefined || String(request) !== String(resources?.limits?.[resource]);
    });
    return (
      unequal.length > 0 && `set resources.requests and resources.limits to the same amount of ${unequal.join(' and ')}`
    );
  },
);
