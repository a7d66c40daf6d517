// Memory of the service by backend: resident set when it is ready, after a warm-up, and while it answers many requests; and
// what the image holds for each backend, in bytes. Exit code 1 when memory grows. Needs MODEL_DIR with the real model.
import { parseArgs } from 'node:util';
import { median } from '../../infra/local/bench/paired.ts';
import { startService } from '../../infra/local/process/index.ts';
import { closedLoop } from './closed-loop.ts';
import { type Backend, compileService, namedBackends, serviceCommand, serviceEnv } from './contestant.ts';
import { imageSizes } from './image-size.ts';
import { wholeNumbers } from './options.ts';
import { knownPhotos } from './photos.ts';
import { processMemory } from './process-memory.ts';

const { values } = parseArgs({
  options: {
    /** Requests in all. */
    requests: { type: 'string', default: '100000' },
    connections: { type: 'string', default: '8' },
    /** These alone, separated by commas, or `all` that work here. */
    backends: { type: 'string', default: 'onnx' },
  },
});
const [requests = 0] = wholeNumbers('requests', values.requests);
const [connections = 0] = wholeNumbers('connections', values.connections);
const measuredBackends = namedBackends(values.backends);

/** How often the memory is read while requests are answered. */
const readings = 20;

/** Of what is resident when a fifth of the requests is answered: more growth than this after it is no noise. */
const flat = 0.05;

interface Memory {
  /** Bytes when it is ready and has answered nothing. */
  idle: number;
  /** Bytes after each part of the requests. */
  busy: number[];
}

async function measure(backend: Backend): Promise<Memory> {
  const env = { ...process.env, ...serviceEnv(backend) };
  const { url, child } = await startService({
    ...{ name: 'memory', command: serviceCommand, env, startTimeoutMs: 120_000, stopGraceMs: 10_000 },
  });
  try {
    const pid = child.pid ?? 0;
    const idle = processMemory(pid, 'VmRSS');
    const busy: number[] = [];
    while (busy.length < readings) {
      await closedLoop(`${url}/`, photos, { connections, until: { calls: Math.ceil(requests / readings) } });
      busy.push(processMemory(pid, 'VmRSS'));
      console.error(`${backend}: ${busy.length} of ${readings}, ${megabytes(processMemory(pid, 'VmRSS'))} MB`);
    }
    return { idle, busy };
  } finally {
    await child.stop(10_000);
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

/** Growth from the fifth part of the requests on, as a share: by the median of the slopes between all pairs of readings. */
function growth(busy: readonly number[]): number {
  const later = busy.slice(busy.length / 5);
  const slopes = later.flatMap((first, i) => later.slice(i + 1).map((second, j) => (second - first) / (j + 1)));
  return (median(slopes) * (later.length - 1)) / (later[0] ?? Number.NaN);
}

const photos = await knownPhotos();
await compileService();
console.log(
  `| ${requests} requests, ${connections} connections | idle, MB | after 5 % | after 20 % | at the end | growth from 20 % on |`,
);
console.log('|---|---|---|---|---|---|');
for (const backend of measuredBackends) {
  const { idle, busy } = await measure(backend);
  const parts = [idle, busy[0], busy[busy.length / 5 - 1], busy.at(-1)].map((bytes = Number.NaN) => megabytes(bytes));
  const grown = growth(busy);
  console.log(`| ${backend} | ${parts.join(' | ')} | ${(100 * grown).toFixed(1)} % |`);
  if (grown > flat) process.exitCode = 1;
}

const { common, own } = await imageSizes();
console.log('\n| in the image, beyond its base and the model | MB |\n|---|---|');
console.log(`| the service and what all backends need | ${megabytes(common)} |`);
for (const [backend, bytes] of Object.entries(own))
  console.log(`| ${backend} | ${bytes === 0 ? 'not installed here' : megabytes(bytes)} |`);
