// How long a start takes: from the process's start to its first answer for a photo, for the service on ONNX as it is
// deployed (compiled), and for ONNX Runtime under uvicorn, one process. They take turns in random order; files are in the
// page cache, and each first answer is checked. Exit code 1 when the service's median is above the goal. Needs MODEL_DIR
// with the real model, and python3 with venv.
import { parseArgs } from 'node:util';
import { median, medianInterval, shuffled } from '../../infra/local/bench/paired.ts';
import { readRounds } from '../../infra/local/bench/rounds.ts';
import { compileService, peerProcess, serviceCommand, serviceEnv, uvicornOnnx } from './contestant.ts';
import { type Starter, start } from './first-answer.ts';
import { knownPhotos, warmUpPhoto } from './photos.ts';

/** Milliseconds from the process's start to its first answer. */
const goal = 350;

const { values } = parseArgs({
  options: {
    starts: { type: 'string', default: '20' },
    /** Another build of the service: the path of its main.js. */
    beside: { type: 'string' },
    /** Leaves out the server in Python. */
    alone: { type: 'boolean', default: false },
  },
});
const starts = readRounds('--starts', values.starts);

function describe(name: string, runs: readonly Map<string, number>[]): number {
  const totals = runs.map((parts) => [...parts.values()].reduce((sum, each) => sum + each, 0));
  const [low, high] = medianInterval(totals).map((each) => each.toFixed(0));
  const parts = [...(runs[0]?.keys() ?? [])].map((part) => {
    const middle = median(runs.map((each) => each.get(part) ?? Number.NaN));
    return `${part} ${middle.toFixed(0)}`;
  });
  console.log(`| ${name} | ${median(totals).toFixed(0)} (${low} to ${high}) | ${parts.join(', ')} |`);
  return median(totals);
}

const photos = await knownPhotos();
const [photo] = photos;
if (photo === undefined) throw new Error('there is no photo');
const warmUp = await warmUpPhoto(photos);
try {
  await compileService();
  const env = { ...process.env, ...serviceEnv('onnx') };
  const starters: Starter[] = [
    { name: 'service, onnx', command: serviceCommand, env },
    ...(values.beside === undefined
      ? []
      : [{ name: 'other build, onnx', command: [process.execPath, values.beside], env }]),
    ...(values.alone
      ? []
      : [{ name: uvicornOnnx.name, ...(await peerProcess({ ...uvicornOnnx, workers: 1 }, warmUp.path)) }]),
  ];
  const runs = new Map(starters.map(({ name }) => [name, [] as Map<string, number>[]]));
  // The first fills the page cache.
  for (let round = 0; round <= starts; round += 1) {
    for (const starter of shuffled(starters)) {
      const parts = await start(starter, photo);
      if (round > 0) runs.get(starter.name)?.push(parts);
    }
  }
  console.log(`| medians of ${starts} starts | ms | parts, ms |\n|---|---|---|`);
  const [own = Number.NaN] = [...runs].map(([name, each]) => describe(name, each));
  const met = own < goal;
  console.log(`\nUnder ${goal} ms from the process's start to its first answer: ${met ? 'yes' : 'NO'}`);
  if (!met) process.exitCode = 1;
} finally {
  await warmUp.remove();
}
