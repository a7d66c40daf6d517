/** An object that Kubernetes holds, as Pulumi tells it: its inputs before it is made, its outputs after that. */
export interface KubernetesObject {
  /** Pulumi's type, such as `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  readonly props: Props;
  /** Known in rules of the whole stack. */
  readonly urn?: string;
}

/** The fields that more than one rule reads. The provider has held all fields to Kubernetes' schema before. */
interface Props {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** What the provider makes of several objects; it tells those by themselves, apart from what Helm alone knows. */
const containers = /^kubernetes:(helm\.sh|yaml|kustomize)\//;

/** Whether a resource is one object of Kubernetes. A patch is not: it has a part of the fields. */
export function isObject(resource: { type: string }): boolean {
  return (
    /^kubernetes:[^:]+\/[^:]+:\w+$/.test(resource.type) &&
    !containers.test(resource.type) &&
    !resource.type.endsWith('Patch')
  );
}

/** `Deployment` of `kubernetes:apps/v1:Deployment`. */
export function kindOf(object: KubernetesObject): string {
  return object.type.slice(object.type.lastIndexOf(':') + 1);
}

export function namespaceOf(object: KubernetesObject): string {
  return object.props.metadata?.namespace ?? 'default';
}
