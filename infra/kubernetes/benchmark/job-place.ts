import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { JobPlace } from '../job/index.ts';
import { labels } from '../labels.ts';
import { restricted } from '../pod-security.ts';
import type { Autoscaler, HybridDescription, TargetInputs } from '../target/index.ts';

const name = 'faceoff-benchmark';

export interface JobPlaceArgs {
  targets: TargetInputs[];
  image: pulumi.Input<string>;
  /** Makes the Secret that pods of a namespace need to pull the image, and gives its name. */
  pullSecretIn?: ((namespace: pulumi.Input<string>, parent: pulumi.Resource) => pulumi.Output<string>) | undefined;
}

/** Where a Job may run, and what it must wait for. */
interface MadePlace {
  place: pulumi.Output<JobPlace>;
  access: pulumi.Resource[];
}

/** A namespace for the Job, and an account that may read, watch and scale the targets, set the variables of a hybrid's router, and nothing else. */
export function jobPlace({ targets, image, pullSecretIn }: JobPlaceArgs, parent: pulumi.Resource): MadePlace {
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
  const access = targets.flatMap((target, index) => targetAccess(target, index, subject, parent));
  const pullSecret = pullSecretIn?.(namespace, parent);
  const place = pulumi.output({
    stack: pulumi.getStack(),
    namespace,
    serviceAccount: account.metadata.name,
    image,
    ...(pullSecret && { pullSecret }),
  });
  return { place, access: [silent, ...access] };
}

/** For one target: its Deployments, its pods, and its autoscaler, which may stand in another namespace. */
function targetAccess(
  target: TargetInputs,
  index: number,
  subject: kubernetes.types.input.rbac.v1.Subject,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const deployment = pulumi.output(target.deployment);
  const made = [
    ...grant(`${name}-target-${index}`, deployment.namespace, rules(deployment.name), subject, parent),
    ...(target.hybrid === undefined ? [] : hybridAccess(pulumi.output(target.hybrid), index, subject, parent)),
  ];
  if (target.autoscaler === undefined) return made;
  const autoscaler = pulumi.output(target.autoscaler);
  const scaling = autoscaler.apply(scalerRules);
  return [...made, ...grant(`${name}-autoscaler-${index}`, autoscaler.namespace, scaling, subject, parent)];
}

/** For the function of a hybrid, and for its router, whose variables are set. */
function hybridAccess(
  hybrid: pulumi.Output<HybridDescription>,
  index: number,
  subject: kubernetes.types.input.rbac.v1.Subject,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const { function: called, router } = hybrid;
  const variables = { apiGroups: ['apps'], resources: ['deployments'], resourceNames: [router.name] };
  return [
    ...grant(`${name}-function-${index}`, called.namespace, rules(called.name), subject, parent),
    ...grant(
      `${name}-router-${index}`,
      router.namespace,
      [...rules(router.name), { ...variables, verbs: ['patch'] }],
      subject,
      parent,
    ),
  ];
}

type Rule = kubernetes.types.input.rbac.v1.PolicyRule;

function rules(deployment: pulumi.Input<string>): Rule[] {
  const apiGroups = ['apps'];
  const resourceNames = [deployment];
  return [
    { apiGroups, resources: ['deployments'], resourceNames, verbs: ['get', 'list', 'watch'] },
    { apiGroups, resources: ['deployments/scale'], resourceNames, verbs: ['get', 'patch'] },
    // Pods have names that nobody knows before.
    { apiGroups: [''], resources: ['pods', 'events'], verbs: ['list', 'watch'] },
  ];
}

function scalerRules({ kind, name }: Autoscaler): Rule[] {
  if (kind === 'hpa') return [scaler(name)];
  return kind === 'knative' ? bounds(name) : rules(name);
}

/** By which a revision's replicas are bounded. */
function bounds(revision: string): Rule[] {
  const of = { resourceNames: [revision], verbs: ['get', 'patch'] };
  return [
    { ...of, apiGroups: ['serving.knative.dev'], resources: ['revisions'] },
    { ...of, apiGroups: ['autoscaling.internal.knative.dev'], resources: ['podautoscalers'] },
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
