import type * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { classifierPort } from '../classifier-container.ts';
import type { ClassifierImage } from '../image/index.ts';
import { type Component, selector } from '../labels.ts';
import { Server } from '../server/index.ts';
import { Router, routerName } from './router.ts';
import { type CalledFunction, namespaceOf, routerText } from './router-text.ts';

export interface HybridArgs {
  /** Made by this component, for the base and the router alone. */
  namespace: string;
  image: Pick<ClassifierImage, 'name' | 'pullSecretIn'>;
  classifier: StackConfig['classifier'];
  hybrid: StackConfig['hybrid'];
  /** Of the Service that leads to the router. */
  exposure: Pick<StackConfig['exposure'], 'service'>;
  /** What takes the requests that find the base full. */
  function: pulumi.Input<CalledFunction>;
}

const component: Component = 'hybrid';
/** What the base is called, and its servers as the router counts them: base-1 and so on. */
const baseName = 'base';

/** Servers that are always on, and before them a router that gives a function what they have no place for. */
export class Hybrid extends pulumi.ComponentResource {
  readonly base: kubernetes.apps.v1.Deployment;
  readonly router: kubernetes.apps.v1.Deployment;
  /** Leads to the router. */
  readonly service: kubernetes.core.v1.Service;

  constructor(name: string, args: HybridArgs, opts?: pulumi.ComponentResourceOptions) {
    super('faceoff:kubernetes:Hybrid', name, {}, opts);
    const { namespace, image, classifier, hybrid, exposure } = args;
    const base = new Server(
      baseName,
      {
        part: { name: baseName, component },
        namespace,
        image,
        classifier,
        server: { replicas: hybrid.base, maxReplicas: hybrid.base, cpuTarget: 100 },
        exposure: { service: 'headless' },
        from: selector(routerName, component),
      },
      { parent: this },
    );
    const place = { ...hybrid, host: `${baseName}.${namespace}.svc`, port: classifierPort };
    const text = pulumi.output(args.function).apply((called) => routerText(place, called));
    const router = new Router(
      routerName,
      {
        namespace: base.namespace,
        hybrid,
        service: exposure.service,
        text,
        base: selector(baseName, component),
        functionNamespace: pulumi.output(args.function).apply(namespaceOf),
      },
      { parent: this },
    );
    this.base = base.deployment;
    this.router = router.deployment;
    this.service = router.service;
    this.registerOutputs({ namespace: base.namespace, service: this.service.metadata.name });
  }
}
