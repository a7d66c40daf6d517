import type * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { connect } from '../api/index.ts';
import { nodeAddress } from './node-address.ts';

/**
 * Where a Service answers from outside the cluster, without a path: by a node's port, or by its own address. Unknown
 * until the cluster has chosen that, as in the preview of a new one.
 */
export function serviceUrl(
  service: kubernetes.core.v1.Service,
  { exposure, kubernetes: cluster }: Pick<StackConfig, 'exposure' | 'kubernetes'>,
): pulumi.Output<string> {
  return pulumi.all([service.spec, pulumi.output(cluster)]).apply(async ([{ clusterIP, ports, type }, options]) => {
    const [port] = ports;
    if ((type === 'NodePort' ? port?.nodePort : clusterIP) === undefined) return unknown;
    if (type !== 'NodePort') return `http://${bracketed(clusterIP)}:${port?.port}`;
    return `http://${bracketed(exposure.host ?? (await nodeAddress(connect(options))))}:${port?.nodePort}`;
  });
}

/** Where the same Service answers inside the cluster. */
export function urlInside(service: kubernetes.core.v1.Service): pulumi.Output<string> {
  return pulumi
    .all([service.metadata, service.spec])
    .apply(([{ name, namespace }, { ports }]) => `http://${name}.${namespace}.svc:${ports[0]?.port}`);
}

// Pulumi's type for it tells nothing of what it stands for.
const unknown = pulumi.unknown as unknown as string;

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
