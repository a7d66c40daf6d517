import { parentPort, threadId, workerData } from 'node:worker_threads';
import { BackendUnavailable, type Choice, inputLength, loadNetwork, logitCount, reason } from '../backend/index.ts';
import { ModelError } from '../model/index.ts';
import { NativeCode } from './native-code.ts';

/**
 * What a worker tells its parent once, when its network is there or cannot be had. `nativeCode` is the memory of its
 * NativeCode, of a worker that cannot be terminated at any moment.
 */
export type WorkerReport = { thread: number } & (
  | { loaded: true; nativeCode?: SharedArrayBuffer }
  | { loaded: false; message: string; kind: 'unavailable' | 'model' | 'other' }
);

/** What a worker is given: RGB bytes, 224 x 224. */
export interface Task {
  pixels: Uint8Array<ArrayBuffer>;
}

/** A network's answer for one picture. */
export interface Inference {
  /** Unnormalised scores: background, then the 1000 classes. */
  logits: Float32Array;
  milliseconds: number;
  /** The worker's thread id. */
  thread: number;
}

const input = new Float32Array(inputLength);
const choice: Choice = workerData;
const network = loadNetwork(choice);
/** WebAssembly is left at once when its thread is terminated. */
const nativeCode = choice.backend === 'tfjs-wasm' ? undefined : new NativeCode();

const reported = network
  .then(async (loaded) => {
    const logits = await loaded.infer(input).catch((error: unknown) => {
      if (error instanceof ModelError) {
        throw error;
      }
      throw new ModelError(`The model does not take a float32 [1, 224, 224, 3]: ${reason(error)}`, { cause: error });
    });
    const { length } = logits;
    if (length !== logitCount) {
      throw new ModelError(
        `The model gives ${length} scores; it must give ${logitCount}: background and 1000 classes.`,
      );
    }
    if (!logits.every(Number.isFinite)) {
      throw new ModelError('The model gives scores that are no finite numbers.');
    }
    report({ thread: threadId, loaded: true, ...(nativeCode && { nativeCode: nativeCode.memory }) });
  })
  .catch((error: unknown) => {
    const kind = error instanceof BackendUnavailable ? 'unavailable' : error instanceof ModelError ? 'model' : 'other';
    report({ thread: threadId, loaded: false, message: reason(error), kind });
    // Of no use without its network: the pool forgets a thread that ends.
    process.exit(1);
  });

/** The pool gives a worker no picture before this is there: until then another may be free. */
export default reported.then(() => infer);

/** Runs one picture. The pool hands a worker one picture at a time, so the input buffer is shared by all. */
async function infer({ pixels }: Task): Promise<Inference> {
  const { infer } = await network;
  const started = performance.now();
  fillInput(pixels);
  const logits = await (nativeCode === undefined ? infer(input) : nativeCode.run(() => infer(input)));
  if (!logits.every(Number.isFinite)) {
    throw new Error('The model gave scores that are no finite numbers.');
  }
  return { logits, milliseconds: performance.now() - started, thread: threadId };
}

// On its own, and without an import in the loop, since this is the hottest code there is.
function fillInput(pixels: Uint8Array): void {
  for (let i = 0; i < input.length; i++) {
    input[i] = (pixels[i] ?? 0) * (1 / 255);
  }
}

function report(message: WorkerReport): void {
  parentPort?.postMessage(message);
}
