import * as pulumi from '@pulumi/pulumi';

/** The part that an object plays, as `app.kubernetes.io/component` tells it. */
export type Component = 'server' | 'serverless' | 'ngrok' | 'benchmark' | 'image';

/** The labels that every object of the program carries. */
export function labels(name: string, component: Component): Record<string, string> {
  return {
    ...selector(name, component),
    'app.kubernetes.io/part-of': 'faceoff',
    'app.kubernetes.io/managed-by': 'pulumi',
  };
}

/** The labels that single out pods: those of `labels` that never change, since a Deployment's selector cannot. */
export function selector(name: string, component: Component): Record<string, string> {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': pulumi.getStack(),
    'app.kubernetes.io/component': component,
  };
}
