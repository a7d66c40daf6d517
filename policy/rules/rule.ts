import { type Container, containersOf, type KubernetesObject, type PodSpec, podOf } from '../kubernetes/index.ts';

/** What every object by itself must be. */
export interface ObjectRule {
  readonly name: string;
  readonly description: string;
  /** What is wrong and how to mend it; nothing when all is well. */
  readonly check: (object: KubernetesObject) => string[];
}

/** What all objects of a stack must be together. */
export interface StackRule {
  readonly name: string;
  readonly description: string;
  readonly check: (objects: readonly KubernetesObject[]) => { fault: string; of: KubernetesObject }[];
}

/** A rule about each container of a workload's pods. What is said about it begins after its name. */
export function containerRule(
  name: string,
  description: string,
  check: (container: Container, pod: PodSpec) => string | false,
): ObjectRule {
  return {
    name,
    description,
    check: (object) => {
      const pod = podOf(object);
      return containersOf(pod).flatMap((container) => {
        const fault = check(container, pod?.spec ?? {});
        return fault === false ? [] : [`container ${container.name}: ${fault}`];
      });
    },
  };
}
