// The classifier service beside its limit, a loop of the same decode and inference without HTTP, and beside servers that
// people write in Python: photos a second and latency, at 1, 8 and 64 connections. All are there for the whole time and
// take turns in short blocks in random order, on the same cores as the client; each answer is checked. Exit code 1 when a
// goal is missed. Needs MODEL_DIR with the real model, and python3 with venv; PHOTOS_DIR is optional.
import { parseArgs } from 'node:util';
import type { Block } from '../../app/bench/lanes.ts';
import { quantile } from '../../bench/stats/index.ts';
import { median, medianInterval, shuffled } from '../../infra/local/bench/paired.ts';
import { readRounds } from '../../infra/local/bench/rounds.ts';
import {
  type Backend,
  bareLoop,
  type Contestant,
  compileService,
  flaskKeras,
  gunicornTensorflow,
  namedBackends,
  peer,
  type Start,
  service,
  uvicornOnnx,
} from './contestant.ts';
import { wholeNumbers } from './options.ts';
import { knownPhotos, warmUpPhoto } from './photos.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '1,8,64' },
    /** Another build of the service: the path of its main.js. */
    beside: { type: 'string' },
    /** Leaves out the servers in Python. */
    alone: { type: 'boolean', default: false },
    /** These alone, separated by commas, or `all` that work here. */
    backends: { type: 'string', default: 'all' },
  },
});
const rounds = readRounds('--rounds', values.rounds);
const [seconds = 0] = wholeNumbers('seconds', values.seconds);
const connectionCounts = wholeNumbers('connections', values.connections);
const measuredBackends = namedBackends(values.backends);

interface Goal {
  /** What is compared, at 8 connections. */
  a: string;
  b: string;
  figure: 'rate' | 'p99';
  /** The median ratio of a to b is at least this for rates, at most this for latency. */
  bound: number;
}

const onnx = 'service, onnx';
const pythonPeers = [flaskKeras, gunicornTensorflow, uvicornOnnx];
const goals: Goal[] = [
  { a: onnx, b: 'bare loop, onnx', figure: 'rate', bound: 0.9 },
  ...pythonPeers.flatMap(({ name }): Goal[] => [
    { a: onnx, b: name, figure: 'rate', bound: 1 },
    { a: onnx, b: name, figure: 'p99', bound: 1 },
  ]),
  { a: 'service, tfjs-node', b: gunicornTensorflow.name, figure: 'rate', bound: 1 },
  { a: 'service, tfjs-node', b: gunicornTensorflow.name, figure: 'p99', bound: 1 },
];

/** Blocks by contestant, one for each round. */
type Measured = ReadonlyMap<string, readonly Block[]>;

async function measure(contestants: readonly Contestant[], connections: number): Promise<Measured> {
  const measured = new Map(contestants.map(({ name }) => [name, [] as Block[]]));
  for (const { run } of contestants) await run(connections, 1);
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, run } of shuffled(contestants)) {
      measured.get(name)?.push(await run(connections, seconds));
    }
    console.error(`${connections} connections: round ${round} of ${rounds}`);
  }
  return measured;
}

const figures = {
  rate: ({ rate }: Block) => rate,
  p50: ({ latencies }: Block) => quantile(latencies, 0.5),
  p99: ({ latencies }: Block) => quantile(latencies, 0.99),
};

function showTable(measured: Measured, connections: number): void {
  console.log(`\n${connections} ${connections === 1 ? 'connection' : 'connections'}, medians of ${rounds} blocks:\n`);
  console.log('| | photos a second | p50, ms | p99, ms |\n|---|---|---|---|');
  for (const [name, blocks] of measured) {
    const [rate, p50, p99] = (['rate', 'p50', 'p99'] as const).map((figure) => median(blocks.map(figures[figure])));
    console.log(`| ${name} | ${rate?.toFixed(1)} | ${p50?.toFixed(1)} | ${p99?.toFixed(1)} |`);
  }
}

/** Ratios over the rounds. */
function ratios(measured: Measured, { a, b, figure }: Pick<Goal, 'a' | 'b' | 'figure'>): number[] {
  const [over, under] = [measured.get(a) ?? [], measured.get(b) ?? []];
  return over.flatMap((block, round) => {
    const other = under[round];
    return other === undefined ? [] : [figures[figure](block) / figures[figure](other)];
  });
}

function withInterval(values: readonly number[]): string {
  const [low, high] = medianInterval(values).map((each) => each.toFixed(2));
  return `${median(values).toFixed(2)} (${low} to ${high})`;
}

function showRatios(measured: Measured): void {
  const pairs = measuredBackends.flatMap((backend): [string, string][] => [
    ...[`bare loop, ${backend}`, earlier(backend)].map((other): [string, string] => [`service, ${backend}`, other]),
    ...pythonPeers.map(({ name }): [string, string] => [`service, ${backend}`, name]),
  ]);
  console.log('\n| a | b | a/b, photos a second | a/b, p99 |\n|---|---|---|---|');
  for (const [a, b] of pairs) {
    const [rate, p99] = [ratios(measured, { a, b, figure: 'rate' }), ratios(measured, { a, b, figure: 'p99' })];
    if (rate.length > 0) console.log(`| ${a} | ${b} | ${withInterval(rate)} | ${withInterval(p99)} |`);
  }
}

/** Says of each goal whether it was met. */
function judge(measured: Measured): void {
  console.log('');
  for (const goal of goals) {
    const values = ratios(measured, goal);
    if (values.length === 0) continue;
    const met = goal.figure === 'rate' ? median(values) >= goal.bound : median(values) <= goal.bound;
    const bound = `${goal.figure === 'rate' ? 'at least' : 'at most'} ${goal.bound}`;
    console.log(
      `${goal.a} / ${goal.b}, ${goal.figure} ${bound}: ${median(values).toFixed(2)}, ${met ? 'met' : 'MISSED'}`,
    );
    if (!met) process.exitCode = 1;
  }
}

function earlier(backend: Backend): string {
  return `other build, ${backend}`;
}

const photos = await knownPhotos();
const warmUp = await warmUpPhoto(photos);
const { beside } = values;
const starts: Start[] = [
  ...measuredBackends.flatMap((backend) => [
    service(backend),
    bareLoop(backend),
    ...(beside === undefined ? [] : [service(backend, earlier(backend), [process.execPath, beside])]),
  ]),
  ...(values.alone ? [] : pythonPeers.map((each) => peer(each, warmUp.path))),
];
const contestants: Contestant[] = [];
try {
  await compileService();
  for (const start of starts) contestants.push(await start(photos));
  for (const connections of connectionCounts) {
    const measured = await measure(contestants, connections);
    showTable(measured, connections);
    showRatios(measured);
    if (connections === 8) judge(measured);
  }
} finally {
  for (const contestant of contestants) await contestant.stop();
  await warmUp.remove();
}
