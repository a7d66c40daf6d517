import type * as pulumi from '@pulumi/pulumi';
import type { Request } from './request.ts';

/**
 * A dynamic provider whose work a script of the project does, which ends with `serveProvider`. Pulumi keeps a dynamic
 * provider as text in its state, where imports of the project do not resolve and paths of this machine must not be.
 * @param script Its path from the project's folder.
 */
export function scriptProvider(script: string): pulumi.dynamic.ResourceProvider {
  return {
    diff: async (id, olds, news) => callScript(script, { method: 'diff', id, olds, news }),
    create: async (news) => callScript(script, { method: 'create', news }),
    read: async (id, olds) => callScript(script, { method: 'read', id, olds }),
    update: async (id, olds, news) => callScript(script, { method: 'update', id, olds, news }),
    delete: async (id, olds) => callScript(script, { method: 'delete', id, olds }),
  };
}

/** All that it needs is in its body, without any import, since its text is what is kept. */
async function callScript(script: string, request: Request) {
  const { spawn } = process.getBuiltinModule('node:child_process');
  // A group of its own, so that Ctrl-C does not hit it before Pulumi has decided. Its end of the channel tells it when
  // this process is gone.
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
    detached: true,
  });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A script that ends before it has read everything is told of below.
  child.stdin?.on('error', () => {});
  child.stdin?.end(JSON.stringify(request));
  const ended = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve(signal === null ? `with status ${status}` : `by ${signal}`));
  });
  const printed = Buffer.concat(chunks).toString('utf8');
  let answer: { result?: never; error?: string };
  try {
    answer = JSON.parse(printed);
  } catch {
    throw new Error(`${script} ended ${ended} without an answer; what it printed is above.`);
  }
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.result as never;
}
