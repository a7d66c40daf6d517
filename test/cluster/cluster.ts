import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A cluster that stacks are made on. */
export interface Cluster {
  /** For everything that runs against it: tools on PATH, KUBECONFIG, DOCKER_HOST. */
  env: Record<string, string>;
  context: string;
  /** The stack's configuration that belongs to it. */
  config: Record<string, string>;
  close(): Promise<void>;
}

const here = fileURLToPath(new URL('.', import.meta.url));
const node = join(here, 'node');

/**
 * The one-node cluster of this folder, which is built from source: it needs root on Debian or Ubuntu, Go and Node. On any
 * other machine, or with CLUSTER=minikube, the Minikube that runs there, with its pulumi and docker. With CLUSTER=keep an
 * own cluster that is up is used and left up.
 */
export async function openCluster(): Promise<Cluster> {
  const wanted = process.env['CLUSTER'] ?? (canMakeCluster() ? 'own' : 'minikube');
  if (wanted === 'minikube') {
    await run('kubectl', ['--context', 'minikube', 'get', 'nodes'], process.env).catch((cause: unknown) => {
      throw new Error(
        'the cluster tests need root on Debian or Ubuntu, with Go and Node, to build a cluster of their own; or a running Minikube, pulumi and docker: minikube start',
        { cause },
      );
    });
    return { env: environment([]), context: 'minikube', config: {}, close: async () => undefined };
  }
  const state = join(process.env['TMPDIR'] ?? tmpdir(), 'faceoff-cluster');
  if (wanted !== 'keep' || !existsSync(join(state, 'kubeconfig'))) {
    await run(join(node, 'up.sh'), [], process.env).catch(async (error: unknown) => {
      await run(join(node, 'down.sh'), [], process.env);
      throw error;
    });
  }
  const tools = (await run(join(here, 'tools/build.sh'), [], process.env)).trim().split(':');
  return {
    env: {
      ...environment([...tools, join(here, 'docker-provider'), join(here, '../../node_modules/@pulumi/pulumi')]),
      KUBECONFIG: join(state, 'kubeconfig'),
      DOCKER_HOST: `unix://${state}/docker.sock`,
    },
    context: 'minikube',
    config: {
      'image:delivery': 'command',
      'image:command': `"${join(node, 'load.sh')}" "$IMAGE"`,
      'exposure:host': '127.0.0.1',
    },
    close: async () => {
      if (wanted !== 'keep') await run(join(node, 'down.sh'), [], process.env);
    },
  };
}

function canMakeCluster(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

function environment(tools: string[]): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(inherited),
    PATH: [...tools, process.env['PATH']].join(delimiter),
    // Engines built from source leave nodeargs of Pulumi.yaml out.
    NODE_OPTIONS: '--import tsx',
    PULUMI_CONFIG_PASSPHRASE: '',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
  };
}

/** What a command prints; what it says besides is shown. */
export function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd = process.cwd(),
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk;
    });
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) resolve(printed);
      else reject(new Error(`${command} ${args.join(' ')} ended with status ${status}\n${printed.slice(-3000)}`));
    });
  });
}
