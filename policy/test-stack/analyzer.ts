// What Pulumi's engine does with a pack: starts it, reads its port and asks it about resources.
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import type { KubernetesObject } from '../kubernetes/index.ts';

const load = createRequire(createRequire(import.meta.url).resolve('@pulumi/policy'));
const { credentials } = load('@grpc/grpc-js');
const messages = load('@pulumi/pulumi/proto/analyzer_pb');
const { AnalyzerClient } = load('@pulumi/pulumi/proto/analyzer_grpc_pb');
const { Struct } = load('google-protobuf/google/protobuf/struct_pb');

export interface Refusal {
  policyName: string;
  message: string;
  enforcementLevel: 'advisory' | 'mandatory';
  urn: string;
}

export interface Analyzer {
  /** What the pack says about each object by itself and then about the stack. */
  refusals(objects: readonly KubernetesObject[]): Promise<Refusal[]>;
  close(): Promise<void>;
}

/** Starts a pack as the engine does. @throws Error when it ends before it is ready */
export async function startAnalyzer(
  command: readonly [string, ...string[]],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Promise<Analyzer> {
  const [file, ...args] = command;
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const client = new AnalyzerClient(`127.0.0.1:${await port(child)}`, credentials.createInsecure());
  const ask = (method: 'analyze' | 'analyzeStack', request: unknown) =>
    new Promise<Refusal[]>((resolve, reject) => {
      client[method](
        request,
        (
          error: Error | null,
          answer: {
            toObject(): {
              diagnosticsList: (Omit<Refusal, 'policyName' | 'enforcementLevel'> & {
                policyname: string;
                enforcementlevel: number;
              })[];
            };
          },
        ) =>
          error
            ? reject(error)
            : resolve(
                answer.toObject().diagnosticsList.map(({ policyname, enforcementlevel, message, urn }) => ({
                  policyName: policyname,
                  enforcementLevel: enforcementlevel === messages.EnforcementLevel.MANDATORY ? 'mandatory' : 'advisory',
                  message,
                  urn,
                })),
              ),
      );
    });
  return {
    refusals: async (objects) => {
      const each = await Promise.all(objects.map((one) => ask('analyze', fill(new messages.AnalyzeRequest(), one))));
      const stack = new messages.AnalyzeStackRequest();
      stack.setResourcesList(objects.map((one) => fill(new messages.AnalyzerResource(), one)));
      return [...each.flat(), ...(await ask('analyzeStack', stack))];
    },
    close: async () => {
      client.close();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
    },
  };
}

function port(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The pack ended before it was ready, with exit code ${code}.`)));
    if (child.stdout) createInterface(child.stdout).once('line', (line) => resolve(Number(line)));
  });
}

function fill(message: Record<string, (value: unknown) => void>, { type, urn, props }: KubernetesObject) {
  message['setType']?.(type);
  message['setUrn']?.(urn);
  message['setName']?.('web');
  message['setProperties']?.(Struct.fromJavaScript(JSON.parse(JSON.stringify(props))));
  message['setOptions']?.(new messages.AnalyzerResourceOptions());
  return message;
}
