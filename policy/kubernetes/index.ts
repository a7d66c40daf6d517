export { isObject, type KubernetesObject, kindOf, namespaceOf } from './object.ts';
export { type Container, containersOf, type Pod, type PodSpec, podOf, serving } from './pod.ts';
export { type Selector, selects } from './selector.ts';
