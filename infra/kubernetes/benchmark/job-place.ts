import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { labels } from '../labels.ts';
import { restricted } from '../pod-security.ts';
import type { TargetDescription } from '../target/index.ts';

const name = 'faceoff-benchmark';

/** Where a Job may run, and what it must wait for. */
export interface JobPlace {
  namespace: pulumi.Output<string>;
  serviceAccount: pulumi.Output<string>;
  access: pulumi.Resource[];
}

/** A namespace for the Job, and an account that may read, watch and scale the targets and nothing else. */
export function jobPlace(targets: pulumi.Input<TargetDescription>[], parent: pulumi.Resource): JobPlace {
  const made = new kubernetes.core.v1.Namespace(
    name,
    { metadata: { name, labels: { ...labels(name, 'benchmark'), ...restricted } } },
    { parent },
  );
  const namespace = made.metadata.name;
  const metadata = { name, namespace, labels: labels(name, 'benchmark') };
  const account = new kubernetes.core.v1.ServiceAccount(
    name,
    { metadata, automountServiceAccountToken: false },
    { parent },
  );
  // The program is handed over through the cluster's API, which no policy stops.
  const silent = new kubernetes.networking.v1.NetworkPolicy(
    name,
    { metadata, spec: { podSelector: {}, policyTypes: ['Ingress'] } },
    { parent },
  );
  const subject = { kind: 'ServiceAccount', name: account.metadata.name, namespace };
  const access = targets.flatMap((target, index) => targetAccess(pulumi.output(target), index, subject, parent));
  return { namespace, serviceAccount: account.metadata.name, access: [silent, ...access] };
}

/** For one target: its Deployment, its pods, and its autoscaler, which may stand in another namespace. */
function targetAccess(
  target: pulumi.Output<TargetDescription>,
  index: number,
  subject: kubernetes.types.input.rbac.v1.Subject,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const autoscaler = target.apply(({ autoscaler, deployment }) => autoscaler ?? deployment);
  const hpa = target.apply(({ autoscaler }) => (autoscaler?.kind === 'hpa' ? [autoscaler.name] : []));
  return [
    ...grant(`${name}-target-${index}`, target.deployment.namespace, rules(target.deployment.name), subject, parent),
    ...grant(
      `${name}-autoscaler-${index}`,
      autoscaler.namespace,
      pulumi
        .all([rules(autoscaler.name), hpa])
        .apply(([deployment, [found]]) => (found === undefined ? deployment : [scaler(found)])),
      subject,
      parent,
    ),
  ];
}

type Rule = kubernetes.types.input.rbac.v1.PolicyRule;

function rules(deployment: pulumi.Output<string>): Rule[] {
  const apiGroups = ['apps'];
  const resourceNames = [deployment];
  return [
    { apiGroups, resources: ['deployments'], resourceNames, verbs: ['get', 'list', 'watch'] },
    { apiGroups, resources: ['deployments/scale'], resourceNames, verbs: ['get', 'patch'] },
    // Pods have names that nobody knows before.
    { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
  ];
}

function scaler(autoscaler: string): Rule {
  const resources = ['horizontalpodautoscalers'];
  return { apiGroups: ['autoscaling'], resources, resourceNames: [autoscaler], verbs: ['get', 'patch'] };
}

function grant(
  role: string,
  namespace: pulumi.Input<string>,
  rules: pulumi.Input<pulumi.Input<Rule>[]>,
  subject: kubernetes.types.input.rbac.v1.Subject,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const metadata = { name: role, namespace, labels: labels(role, 'benchmark') };
  const made = new kubernetes.rbac.v1.Role(role, { metadata, rules }, { parent });
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: made.metadata.name };
  return [new kubernetes.rbac.v1.RoleBinding(role, { metadata, roleRef, subjects: [subject] }, { parent })];
}
