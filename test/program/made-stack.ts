import { readFileSync } from 'node:fs';
import * as pulumi from '@pulumi/pulumi';
import { parse } from 'yaml';

/** A resource as the program asked for it. */
export interface MadeResource {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

/** What a program has made under Pulumi's mocks. */
export interface MadeStack {
  resources: MadeResource[];
  outputs: Record<string, unknown>;
}

type Config = Record<string, unknown>;

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** The configuration of a stack file of the project. */
export function stackFile(stack: string): Config {
  return parse(readFileSync(new URL(`../../Pulumi.${stack}.yaml`, import.meta.url), 'utf8')).config;
}

/**
 * Runs the program with Pulumi's engine mocked: each resource gets the inputs as its state, and what a cluster would add
 * where the program reads that.
 */
export async function makeStack(stack: string, config: Config, secrets: string[] = []): Promise<MadeStack> {
  const resources: MadeResource[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        resources.push({ type, name, inputs });
        return { id: `${name}-id`, state: stateOf(type, inputs) };
      },
      call: () => ({}),
    },
    'faceoff',
    stack,
    false,
  );
  const texts = Object.entries(config).map(([key, value]) => [key, asText(value)]);
  pulumi.runtime.setAllConfig(Object.fromEntries(texts), secrets);
  const { default: program } = await import('../../index.ts');
  const outputs = await value(pulumi.output(await program()));
  await pulumi.runtime.disconnect();
  return { resources, outputs };
}

/** Once it is known, secret or not. */
function value<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

function stateOf(type: string, inputs: Record<string, unknown>): Record<string, unknown> {
  if (type === 'kubernetes:core/v1:Service') {
    const spec = inputs['spec'] as { ports: object[] };
    const ports = spec.ports.map((port) => ({ ...port, nodePort: 30_000 }));
    return { ...inputs, spec: { ...spec, clusterIP: '127.0.0.2', ports } };
  }
  if (type === 'kubernetes:apps/v1:Deployment') {
    return { ...inputs, metadata: { ...(inputs['metadata'] as object), generation: 1 } };
  }
  if (type === 'docker:index/image:Image') return { ...inputs, repoDigest: 'sha256:0' };
  if (type.endsWith('Password')) return { ...inputs, password: 'a password' };
  if (type.endsWith('NgrokPublicUrl')) return { ...inputs, url: 'https://a.ngrok.app' };
  return inputs;
}
