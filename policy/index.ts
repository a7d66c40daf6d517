import { type Policies, PolicyPack } from '@pulumi/policy';
import { Config } from '@pulumi/pulumi';
import { isObject, type KubernetesObject } from './kubernetes/index.ts';
import { objectRules, stackRules } from './rules/index.ts';

// Pulumi's Node.js host hands the stack's configuration over; an engine that executes ./run does not, and then the
// defaults hold.
const nodePorts = new Config('exposure').get('service') !== 'ClusterIP' && !new Config('ngrok').get('authtoken');

const policies: Policies = [
  ...objectRules(nodePorts).map(({ name, description, check }) => ({
    name,
    description,
    validateResource: (resource: KubernetesObject, report: (message: string) => void) => {
      if (isObject(resource)) for (const fault of check(resource)) report(fault);
    },
  })),
  ...stackRules.map(({ name, description, check }) => ({
    name,
    description,
    validateStack: (
      { resources }: { resources: KubernetesObject[] },
      report: (message: string, urn?: string) => void,
    ) => {
      for (const { fault, of } of check(resources.filter(isObject))) report(fault, of.urn);
    },
  })),
];

new PolicyPack('faceoff', { policies, enforcementLevel: 'mandatory' });
