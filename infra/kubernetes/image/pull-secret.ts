import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { Registry } from '../../config/index.ts';
import { labels } from '../labels.ts';

/** Lets the pods of a namespace pull from a registry. */
export function pullSecret(
  { server, credentials }: Registry & Required<Pick<Registry, 'credentials'>>,
  namespace: pulumi.Input<string>,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const { username, password } = credentials;
  const content = pulumi.all([username, password]).apply(([user, plain]) => {
    const auth = Buffer.from(`${user}:${plain}`).toString('base64');
    return JSON.stringify({ auths: { [server]: { username: user, password: plain, auth } } });
  });
  const secret = new kubernetes.core.v1.Secret(
    'registry',
    {
      metadata: { name: 'registry', namespace, labels: labels('registry', 'image') },
      type: 'kubernetes.io/dockerconfigjson',
      stringData: { '.dockerconfigjson': pulumi.secret(content) },
    },
    { parent },
  );
  return secret.metadata.name;
}
