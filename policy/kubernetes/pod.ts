import { type KubernetesObject, kindOf } from './object.ts';

interface SecurityContext {
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly privileged?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seccompProfile?: { readonly type?: string };
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly livenessProbe?: object;
  readonly ports?: readonly { readonly hostPort?: number }[];
  readonly readinessProbe?: object;
  readonly resources?: {
    readonly limits?: Readonly<Record<string, string | number>>;
    readonly requests?: Readonly<Record<string, string | number>>;
  };
  readonly securityContext?: SecurityContext;
}

export interface PodSpec {
  readonly automountServiceAccountToken?: boolean;
  readonly containers?: readonly Container[];
  readonly ephemeralContainers?: readonly Container[];
  readonly hostIPC?: boolean;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly initContainers?: readonly Container[];
  readonly securityContext?: SecurityContext;
  readonly serviceAccountName?: string;
  readonly volumes?: readonly { readonly name: string; readonly hostPath?: object }[];
}

/** A pod, or the template that a workload makes its pods from. */
export interface Pod {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: PodSpec;
}

/** The pods of an object that makes some; nothing of any other. */
export function podOf(object: KubernetesObject): Pod | undefined {
  const spec = object.props['spec'] as { template?: Pod; jobTemplate?: { spec?: { template?: Pod } } } | undefined;
  switch (kindOf(object)) {
    case 'Pod':
      return object.props as Pod;
    case 'CronJob':
      return spec?.jobTemplate?.spec?.template;
    case 'DaemonSet':
    case 'Deployment':
    case 'Job':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'StatefulSet':
      return spec?.template;
    default:
      return undefined;
  }
}

/** Every container, also those that only start a pod. */
export function containersOf(pod: Pod | undefined): readonly Container[] {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod?.spec ?? {};
  return [...initContainers, ...containers, ...ephemeralContainers];
}

/** The containers that answer requests: those that say at which port. */
export function serving(pod: Pod | undefined): readonly Container[] {
  return (pod?.spec?.containers ?? []).filter(({ ports = [] }) => ports.length > 0);
}
