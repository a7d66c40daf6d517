// What HTTP costs: pictures a second through the service, over pictures a second of a bare loop that makes the same decode
// and inference calls with as many workers. The two take turns in short blocks, since machines drift.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { choices } from '../backend/index.ts';
import { startInference } from '../classifier/inference.ts';
import { readConfig } from '../config.ts';
import { resolveModel } from '../model/index.ts';
import { bareLoop } from './bare-loop.ts';
import { httpLoop } from './http-loop.ts';
import { pictureFrom } from './picture.ts';

/** Below this the service loses more to HTTP than it may, and the exit code is 1. */
const leastRatio = 0.8;

const { values: options } = parseArgs({
  options: {
    photo: { type: 'string' },
    blocks: { type: 'string', default: '10' },
    pictures: { type: 'string', default: '400' },
    connections: { type: 'string', default: '8' },
  },
});
const blocks = count('blocks');
const pictures = count('pictures');
const connections = count('connections');

const picture = await pictureFrom(options.photo);
const config = readConfig(process.env);
const [choice] = choices((await resolveModel(config, console.error)).sources, config.backend);
if (choice === undefined) {
  throw new Error('There is no model to measure with.');
}
const pool = await startInference(choice, config.threads);
const service = fork(fileURLToPath(new URL('../main.ts', import.meta.url)), {
  env: { ...process.env, BACKEND: choice.backend, HOST: '127.0.0.1', PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
console.log(
  `${choice.backend}, ${config.threads} workers, ${connections} at a time, a picture of ${(picture.length / 1000).toFixed(0)} kB.
The bare loop decodes and infers as the service does, without HTTP. The service's client shares its cores.`,
);
try {
  report(await measure(await readyUrl(service)));
} finally {
  service.kill();
  await pool.close();
}

function count(name: 'blocks' | 'pictures' | 'connections'): number {
  const value = Number(options[name]);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`--${name} ${options[name]}: it must be a whole number above 0.`);
  process.exit(2);
}

interface Block {
  /** Pictures a second. */
  rate: { bare: number; http: number };
  /** Milliseconds of CPU that a picture takes in the process that classifies it. */
  cpu: { bare: number; http: number };
}

async function measure(url: string): Promise<Block[]> {
  const ways = {
    bare: {
      run: () => bareLoop(pool, picture, { pictures, lanes: connections, maxPixels: config.maxPixels }),
      cpuSeconds: async () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    },
    http: {
      run: () => httpLoop(url, picture, { pictures, connections }),
      cpuSeconds: async () => {
        const metrics = await (await fetch(`${url}/metrics`)).text();
        return Number(/^process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1]);
      },
    },
  };
  await ways.bare.run();
  await ways.http.run();
  const measured: Block[] = [];
  for (let number = 1; number <= blocks; number++) {
    const block = { rate: { bare: 0, http: 0 }, cpu: { bare: 0, http: 0 } };
    // Who goes first changes from block to block, so that drift favours neither.
    for (const name of number % 2 === 1 ? (['bare', 'http'] as const) : (['http', 'bare'] as const)) {
      const before = await ways[name].cpuSeconds();
      block.rate[name] = await ways[name].run();
      block.cpu[name] = ((await ways[name].cpuSeconds()) - before) * (1000 / pictures);
    }
    const { rate, cpu } = block;
    console.log(
      `block ${number}: bare ${rate.bare.toFixed(0)}/s, HTTP ${rate.http.toFixed(0)}/s, ratio ${(rate.http / rate.bare).toFixed(3)}; ` +
        `CPU ${cpu.bare.toFixed(1)} and ${cpu.http.toFixed(1)} ms a picture`,
    );
    measured.push(block);
  }
  return measured;
}

function report(measured: Block[]): void {
  const ratios = measured.map(({ rate }) => rate.http / rate.bare).sort((a, b) => a - b);
  const cpuRatios = measured.map(({ cpu }) => cpu.bare / cpu.http).sort((a, b) => a - b);
  const at = (share: number, sorted: number[]) => (sorted[Math.round(share * (sorted.length - 1))] ?? 0).toFixed(3);
  if (Number(at(0.5, ratios)) < leastRatio) process.exitCode = 1;
  console.log(
    `Rate, HTTP / bare: median ${at(0.5, ratios)}, quartiles ${at(0.25, ratios)} to ${at(0.75, ratios)}, range ${at(0, ratios)} to ${at(1, ratios)}.
CPU a picture, bare / service without its client: median ${at(0.5, cpuRatios)}.`,
  );
}

async function readyUrl(child: ChildProcess): Promise<string> {
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('The service ended before it was ready.')));
  while (!output.includes('Ready')) {
    await Promise.race([once(child.stdout ?? child, 'data'), ended]);
  }
  ended.catch(() => {});
  return /http:\S+/.exec(output)?.[0] ?? '';
}
