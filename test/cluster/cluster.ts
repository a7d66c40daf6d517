import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A cluster that stacks are made on. */
export interface Cluster {
  /** `own`: the one of this folder. `minikube`: one whose node has a network and a Docker daemon of its own. */
  kind: 'own' | 'minikube';
  /** For everything that runs against it: tools on PATH, and where they find the cluster and Docker's daemon. */
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
  if (!['own', 'keep', 'minikube'].includes(wanted)) throw new Error(`CLUSTER is own, keep or minikube, not ${wanted}`);
  if (wanted === 'minikube') {
    await checkMinikube();
    return { kind: 'minikube', env: environment([]), context: 'minikube', config: {}, close: async () => undefined };
  }
  const state = join(process.env['TMPDIR'] ?? tmpdir(), 'faceoff-cluster');
  if (wanted !== 'keep' || !existsSync(join(state, 'kubeconfig'))) {
    await run(join(node, 'up.sh'), [], process.env).catch(async (error: unknown) => {
      await run(join(node, 'down.sh'), [], process.env);
      throw error;
    });
  }
  const tools = (await run(join(here, 'tools/build.sh'), [], process.env)).trim().split(':');
  const plugins = [join(here, 'docker-provider'), join(here, '../../node_modules/@pulumi/pulumi')];
  return {
    kind: 'own',
    env: {
      ...environment([join(here, 'engine'), ...tools, ...plugins]),
      KUBECONFIG: join(state, 'kubeconfig'),
      PULUMI_HOME: join(state, 'pulumi'),
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

/** @throws Error that names the first command that is missing or fails. */
async function checkMinikube(): Promise<void> {
  const commands = ['minikube version', 'kubectl --context minikube get nodes', 'docker version', 'pulumi version'];
  for (const command of commands) {
    const [program = '', ...args] = command.split(' ');
    await run(program, args, process.env).catch((cause: unknown) => {
      const ways =
        'root on Debian or Ubuntu, with Go and Node, to build a cluster of their own; or a Minikube that runs (minikube start), kubectl, docker and pulumi';
      throw new Error(`the cluster tests need ${ways}. Here \`${command}\` failed.`, { cause });
    });
  }
}

function canMakeCluster(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

function environment(tools: string[]): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(inherited),
    PATH: [...tools, process.env['PATH']].join(delimiter),
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
