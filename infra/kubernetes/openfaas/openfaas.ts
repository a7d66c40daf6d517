import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { type Component, labels } from '../labels.ts';
import { baseline } from '../pod-security.ts';
import { networkPolicies } from './network.ts';
import { Password } from './password.ts';
import { chartValues } from './values.ts';

export interface OpenFaasArgs {
  openfaas: StackConfig['openfaas'];
  /** Of the Service that leads to the gateway from outside the cluster. */
  service: 'NodePort' | 'ClusterIP';
}

/** Where the chart puts the gateway. */
export const gateway = { namespace: 'openfaas', service: 'gateway', port: 8080 } as const;
export const functionNamespace = 'openfaas-fn';

/** How long the pods of the chart may take to become ready, in seconds. */
const patience = 600;

/** OpenFaaS by its Helm chart, with a password of its own, in two namespaces. */
export class OpenFaas extends pulumi.ComponentResource {
  /** Of the user admin of the gateway. */
  readonly password: pulumi.Output<string>;
  /** Waits, as all outputs here, until the gateway is ready. */
  readonly functionNamespace: pulumi.Output<string>;
  /** Leads to the gateway. */
  readonly service: kubernetes.core.v1.Service;

  constructor(name: string, args: OpenFaasArgs, opts?: pulumi.ComponentResourceOptions) {
    super('faceoff:kubernetes:OpenFaas', name, {}, opts);
    const { openfaas } = args;
    const system = this.#namespace(gateway.namespace).metadata.name;
    const functions = this.#namespace(functionNamespace, baseline).metadata.name;
    this.password = new Password('openfaas-password', { parent: this }).password;
    const secrets = [
      this.#secret('basic-auth', system, { 'basic-auth-user': 'admin', 'basic-auth-password': this.password }),
    ];
    if (openfaas.license !== undefined) {
      secrets.push(this.#secret('openfaas-license', system, { license: openfaas.license }));
    }
    networkPolicies({ system, functions }, gateway.port, this);
    const release = new kubernetes.helm.v3.Release(
      name,
      {
        name: 'openfaas',
        namespace: system,
        ...chart(openfaas),
        values: chartValues(openfaas, functions),
        timeout: patience,
      },
      {
        parent: this,
        dependsOn: secrets,
        // The chart's objects are made of its values.
        ...(pulumi.Output.isInstance(openfaas.values) && { additionalSecretOutputs: ['values', 'manifest'] }),
      },
    );
    this.functionNamespace = pulumi.all([functions, release.status]).apply(([namespace]) => namespace);
    this.service = new kubernetes.core.v1.Service(
      'gateway-outside',
      {
        metadata: {
          name: 'gateway-outside',
          namespace: system,
          labels: labels('gateway-outside', 'serverless'),
        },
        spec: {
          type: args.service,
          selector: { app: 'gateway' },
          ports: [{ name: 'http', port: gateway.port, targetPort: gateway.port }],
        },
      },
      { parent: this, dependsOn: release },
    );
    this.registerOutputs({ functionNamespace: this.functionNamespace, service: this.service.metadata.name });
  }

  #namespace(name: string, more: Record<string, string> = {}): kubernetes.core.v1.Namespace {
    const metadata = { name, labels: { ...labels(name, component), ...more } };
    return new kubernetes.core.v1.Namespace(name, { metadata }, { parent: this });
  }

  #secret(
    name: string,
    namespace: pulumi.Output<string>,
    stringData: Record<string, pulumi.Input<string>>,
  ): kubernetes.core.v1.Secret {
    const metadata = { name, namespace, labels: labels(name, component) };
    return new kubernetes.core.v1.Secret(name, { metadata, stringData: pulumi.secret(stringData) }, { parent: this });
  }
}

const component: Component = 'serverless';

function chart({ chartPath, chartRepository, chartVersion }: StackConfig['openfaas']) {
  if (chartPath !== undefined) return { chart: chartPath };
  if (chartRepository.startsWith('oci://')) {
    return { chart: `${chartRepository.replace(/\/$/, '')}/openfaas`, version: chartVersion };
  }
  return { chart: 'openfaas', version: chartVersion, repositoryOpts: { repo: chartRepository } };
}
