import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Block } from '../../app/bench/lanes.ts';
import { isNativeThere } from '../../app/test/native.ts';
import { startService } from '../../infra/local/process/index.ts';
import { closedLoop } from './closed-loop.ts';
import type { KnownPhoto } from './photos.ts';

/** Something that classifies photos, ready to be measured. */
export interface Contestant {
  name: string;
  /** @param connections how many photos are on the way at a time. */
  run(connections: number, seconds: number): Promise<Block>;
  stop(): Promise<void>;
}

export type Start = (photos: readonly KnownPhoto[]) => Promise<Contestant>;

const here = fileURLToPath(new URL('.', import.meta.url));
const app = join(here, '../../app');
const peers = join(here, 'peer');
const grace = 10_000;

/** Of the real model, in all formats. @throws when it is not set: made-up weights know no photo. */
export function modelDir(): string {
  const folder = process.env['MODEL_DIR'];
  if (folder === undefined) throw new Error('set MODEL_DIR to a folder with the real model in all formats');
  return folder;
}

const formats = { onnx: 'onnx', 'tfjs-node': 'saved-model', 'tfjs-wasm': 'tfjs' } as const;
export type Backend = keyof typeof formats;
export const backends = Object.keys(formats) as Backend[];

/**
 * Backends by their names, separated by commas; `all` names all, of which those that do not work here are left out.
 * @throws Error that lists the names when one is none of them.
 */
export function namedBackends(text: string): Backend[] {
  if (text === 'all') return backends.filter((each) => each !== 'tfjs-node' || isNativeThere());
  return text.split(',').map((name) => {
    const backend = backends.find((each) => each === name);
    if (backend === undefined) throw new Error(`--backends ${name}: it must be all, or some of ${backends.join(',')}`);
    return backend;
  });
}

/** What the service is told in the environment to run a backend on its own format of the model. */
export function serviceEnv(backend: Backend): Record<string, string> {
  return { OFFLINE: '1', BACKEND: backend, MODEL_DIR: join(modelDir(), formats[backend]) };
}

/** Compiles the service, as its image has it. */
export async function compileService(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(app, 'build.js')]);
}

/** The command of the compiled service. */
export const serviceCommand: readonly string[] = [process.execPath, join(app, 'dist/main.js')];

/** The service. @param command another build of it. */
export function service(backend: Backend, name = `service, ${backend}`, command = serviceCommand): Start {
  return async (photos) => overHttp(name, photos, command, { ...process.env, ...serviceEnv(backend) });
}

/** The decode and the inference that the service makes, without HTTP, as many at a time as there are connections. */
export function bareLoop(backend: Backend): Start {
  return async (photos) => {
    const child = fork(join(app, 'bench/bare-loop.ts'), {
      env: { ...process.env, ...serviceEnv(backend) },
      execArgv: ['--import', 'tsx'],
      serialization: 'advanced',
    });
    await message(child);
    child.send([...photos]);
    return {
      name: `bare loop, ${backend}`,
      async run(lanes, seconds) {
        child.send({ lanes, seconds });
        return (await message(child)) as Block;
      },
      async stop() {
        child.disconnect();
        await once(child, 'exit');
      },
    };
  };
}

/** A server in Python. */
export interface Peer {
  name: string;
  /** Processes, where it has more than one. */
  workers: number;
  /** For a shell in which PORT and `workers` are set and `bin` is the virtual environment's folder of programs. */
  command: string;
}

export const flaskKeras: Peer = { name: 'Flask, Keras', workers: 1, command: '"$bin/python" flask_keras.py' };
export const gunicornTensorflow: Peer = {
  name: 'gunicorn, TensorFlow',
  workers: 2,
  command: '"$bin/gunicorn" --bind "127.0.0.1:$PORT" --workers $workers --threads 4 gunicorn_tensorflow:app',
};
export const uvicornOnnx: Peer = {
  name: 'uvicorn, ONNX Runtime',
  workers: 2,
  command: '"$bin/uvicorn" --port "$PORT" --workers $workers --no-access-log --log-level warning uvicorn_onnx:app',
};

/** The program and the environment of a peer, which is installed first where it is missing. */
export async function peerProcess({ command, workers }: Peer, warmUp: string) {
  const { stdout } = await promisify(execFile)(join(peers, 'install.sh'), { maxBuffer: 64 << 20 });
  const env = { MODEL_DIR: modelDir(), WARM_UP: warmUp, bin: `${stdout.trim()}/bin`, workers: String(workers), peers };
  return { command: ['sh', '-c', `cd "$peers" && exec ${command}`], env: { ...process.env, ...env, ...quiet } };
}

/** TensorFlow's notes on how it was built. */
const quiet = { TF_CPP_MIN_LOG_LEVEL: '2', CUDA_VISIBLE_DEVICES: '-1' };

export function peer(which: Peer, warmUp: string): Start {
  return async (photos) => {
    const { command, env } = await peerProcess(which, warmUp);
    return overHttp(which.name, photos, command, env);
  };
}

async function overHttp(
  name: string,
  photos: readonly KnownPhoto[],
  command: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Contestant> {
  const { url, child } = await startService({
    ...{ name: 'contestant', command, env, startTimeoutMs: 120_000, stopGraceMs: grace },
  });
  return {
    name,
    run: (connections, seconds) => closedLoop(`${url}/`, photos, { connections, until: { seconds } }),
    stop: () => child.stop(grace),
  };
}

/** What a child says next. @throws when it ends instead. */
async function message(child: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  const { signal } = over;
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`the bare loop ended with ${code}`);
  });
  try {
    return await Promise.race([once(child, 'message', { signal }).then(([said]) => said), ended]);
  } finally {
    over.abort();
  }
}
