import { type Cluster, forward, nothingToForwardTo } from '../api/index.ts';
import { GatewayClient } from './gateway-client.ts';

export interface GatewayPlace {
  /** Its Service, and the port of that. */
  gateway: { namespace: string; service: string; port: number };
  /** Of the user admin. */
  password: string;
}

/** The cluster has no gateway that answers. */
export class NoGateway extends Error {}

/**
 * Uses the gateway through a port-forward, so that it works from any machine with a kubeconfig.
 * @throws NoGateway with what to do.
 */
export async function withGateway<T>(
  cluster: Cluster,
  { gateway, password }: GatewayPlace,
  signal: AbortSignal,
  use: (client: GatewayClient) => Promise<T>,
): Promise<T> {
  const way = await forward(cluster, gateway, signal).catch((cause: unknown) => {
    if (!(cause instanceof Error && nothingToForwardTo(cause))) throw cause;
    throw new NoGateway(
      `OpenFaaS's gateway is not there: ${cause.message}. What was deleted is made again by pulumi up --refresh; what does not start is told by: kubectl --namespace ${gateway.namespace} get pods`,
      { cause },
    );
  });
  try {
    return await use(new GatewayClient({ url: way.url, password, signal }));
  } finally {
    await way.close();
  }
}
