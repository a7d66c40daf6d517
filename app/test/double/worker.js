// A test double for the inference worker: no network, and it does on request what the real one never should. Plain
// JavaScript, since Node cannot read TypeScript in a worker thread.
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, threadId, workerData } from 'node:worker_threads';

/** As of the real worker's NativeCode: whether the thread is in native code, and whether it is asked to end after that. */
const nativeCode = new SharedArrayBuffer(8);
const [inside, asked] = [0, 1];

/** Each worker takes what it does at its start from this list, in turn, and the last again and again. */
const { starts, turn } = workerData;
const start = starts[Math.min(Atomics.add(turn, 0, 1), starts.length - 1)];

const loading = {
  loads: async () => parentPort.postMessage({ thread: threadId, loaded: true }),
  'loads native code': async () => parentPort.postMessage({ thread: threadId, loaded: true, nativeCode }),
  'loads slowly': () => sleep(1500).then(loading.loads),
  'never loads': () => new Promise(() => setInterval(() => undefined, 1000)),
  'cannot load': async () => {
    parentPort.postMessage({ thread: threadId, loaded: false, kind: 'model', message: 'no model' });
    process.exit(1);
  },
  dies: async () => process.exit(1),
};

/** What it does for a picture, by the picture's first byte. */
const answers = [
  () => ({ logits: new Float32Array(1001), milliseconds: 0, thread: threadId }),
  () => process.exit(1),
  () =>
    new Promise(() =>
      setImmediate(() => {
        throw new Error('thrown where nobody catches it');
      }),
    ),
  () => {
    for (;;);
  },
  () => new Promise(() => undefined),
  () => Promise.reject(new Error('this picture fails')),
  async () => {
    const flags = new Int32Array(nativeCode);
    Atomics.store(flags, inside, 1);
    await sleep(3000);
    if (Atomics.load(flags, asked) === 1) process.exit(1);
    Atomics.store(flags, inside, 0);
    return answers[0]();
  },
];

export default loading[start]().then(
  () =>
    ({ pixels }) =>
      answers[pixels[0]](),
);
