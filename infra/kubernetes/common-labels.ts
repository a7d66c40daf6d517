/** The part that an object plays, as `app.kubernetes.io/component` tells it. */
export type Component = 'server' | 'serverless' | 'hybrid' | 'ngrok' | 'benchmark' | 'image';

/** The labels that every object carries, whoever makes it. @param stack The one that the object belongs to. */
export function commonLabels(
  name: string,
  component: Component,
  stack: string,
  managedBy: 'pulumi' | 'faceoff',
): Record<string, string> {
  return {
    ...identity(name, component, stack),
    'app.kubernetes.io/part-of': 'faceoff',
    'app.kubernetes.io/managed-by': managedBy,
  };
}

/** Those of `commonLabels` that never change. */
export function identity(name: string, component: Component, stack: string): Record<string, string> {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': stack,
    'app.kubernetes.io/component': component,
  };
}
