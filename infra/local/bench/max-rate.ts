// How many calls a second the gateway passes on at most, and what it adds to their time, beside HAProxy as a plain proxy
// and beside the least that a proxy in Node.js does: the same small answers of one fast server (HAProxy again), asked for
// by wrk. The proxies have one core to themselves, and client and server the other, so that the proxies are the limit; the
// ways take turns in random order, `max-rate.ts ROUNDS` times (10). Exit code 1 when the gateway passes on less than a third
// of what HAProxy does. Needs Linux with two cores, and Debian's haproxy and wrk.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { defaultLimits, openfaasTiming, scaleLabels } from '../gateway/index.ts';
import { loopback, runSource, type Service, startService } from '../process/index.ts';
import { GatewayProcess } from '../serverless/index.ts';
import { median, medianInterval, shuffled } from './paired.ts';
import { readRounds } from './rounds.ts';

const run = promisify(execFile);
const rounds = readRounds('ROUNDS', process.argv[2] ?? '10');
const seconds = 3;
const warmUpBlocks = 3;
const manyConnections = 32;
const goal = 1 / 3;
const proxyCore = '0';
const otherCore = '1';

const timeouts = 'timeout client 10s\n  timeout server 10s\n  timeout connect 10s';

/** Answers everything at once, with the port that it listens on. HAProxy fills in the variables. */
const server = `
global
  nbthread 1
defaults
  mode http
  ${timeouts}
frontend server
  bind "\${HOST}:\${PORT}"
  http-request return status 200 content-type application/json lf-string '{"port":%[dst_port]}'
`;

/** A plain proxy that keeps its connections to the server. */
function proxy(to: number): string {
  return `
global
  nbthread 1
defaults
  mode http
  ${timeouts}
  http-reuse always
frontend proxy
  bind "\${HOST}:\${PORT}"
  default_backend server
backend server
  server one ${loopback}:${to}
`;
}

interface Figures {
  /** Calls a second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** One block of wrk. @throws when a single call failed. */
async function wrk(url: string, connections: number): Promise<Figures> {
  const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', url];
  const { stdout } = await run('taskset', ['-c', otherCore, 'wrk', ...options]);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`calls of ${url} failed:\n${stdout}`);
  return {
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p50: milliseconds(/ 50%\s+(\S+)/.exec(stdout)?.[1]),
    p99: milliseconds(/ 99%\s+(\S+)/.exec(stdout)?.[1]),
  };
}

function milliseconds(text = ''): number {
  const units: Record<string, number> = { us: 0.001, ms: 1, s: 1000 };
  const [, number, unit = ''] = /^([\d.]+)(us|ms|s)$/.exec(text) ?? [];
  return Number(number) * (units[unit] ?? Number.NaN);
}

async function measure(ways: ReadonlyMap<string, string>, connections: number): Promise<Map<string, Figures[]>> {
  const measured = new Map([...ways.keys()].map((name) => [name, [] as Figures[]]));
  // The first blocks of a process of Node.js are slower: its code is being compiled.
  for (let block = 0; block < warmUpBlocks; block += 1) {
    for (const url of ways.values()) await wrk(url, connections);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, url] of shuffled([...ways])) measured.get(name)?.push(await wrk(url, connections));
  }
  return measured;
}

function show(measured: ReadonlyMap<string, readonly Figures[]>, connections: number): void {
  console.log(
    `\n${connections === 1 ? 'One connection' : `${connections} connections`}, medians of ${rounds} blocks:\n`,
  );
  console.log('| | calls a second | p50, ms | p99, ms |\n|---|---|---|---|');
  for (const [name, blocks] of measured) {
    const [rate, p50, p99] = (['rate', 'p50', 'p99'] as const).map((each) =>
      median(blocks.map((block) => block[each])),
    );
    console.log(`| ${name} | ${rate?.toFixed(0)} | ${p50?.toFixed(3)} | ${p99?.toFixed(3)} |`);
  }
}

/** Figures of one way beside those of another, round by round. */
function compare(
  measured: ReadonlyMap<string, readonly Figures[]>,
  [a, b]: [string, string],
  each: (a: Figures, b: Figures) => number,
): { value: number; text: string } {
  const values = (measured.get(a) ?? []).flatMap((block, round) => {
    const other = measured.get(b)?.[round];
    return other === undefined ? [] : [each(block, other)];
  });
  const [low, high] = medianInterval(values).map((value) => value.toFixed(3));
  const value = median(values);
  return { value, text: `${value.toFixed(3)} (${low} to ${high})` };
}

const folder = await mkdtemp(join(tmpdir(), 'faceoff-max-rate-'));
async function command(name: string, config: string): Promise<string[]> {
  const path = join(folder, `${name}.cfg`);
  await writeFile(path, config);
  return ['haproxy', '-db', '-f', path];
}

const gateway = await GatewayProcess.start({
  port: 0,
  images: { server: { command: await command('server', server) } },
  env: process.env,
  timing: openfaasTiming,
  limits: defaultLimits,
  startTimeoutMs: 60_000,
  signal: new AbortController().signal,
  onLog: () => undefined,
});
const proxies: Service[] = [];
async function startProxy(command: readonly string[], healthPath = '/'): Promise<string> {
  const options = { name: 'proxy', env: process.env, healthPath, startTimeoutMs: 10_000, stopGraceMs: 1_000 };
  const started = await startService({ ...options, command: ['taskset', '-c', proxyCore, ...command] });
  proxies.push(started);
  return `${started.url}/`;
}
try {
  await gateway.api.deploy({ service: 'f', image: 'server', labels: { [scaleLabels.max]: '1' } });
  const through = `${gateway.url}/function/f`;
  const { port } = z.object({ port: z.number() }).parse(await (await fetch(through)).json());
  const bareProxy = fileURLToPath(new URL('./bare-proxy.ts', import.meta.url));
  const { gateway: own, replicas } = await gateway.api.processes();
  await pin(own.pid, proxyCore);
  for (const { pid } of replicas) await pin(pid, otherCore);

  const ways = new Map([
    ['direct', `http://${loopback}:${port}/`],
    ['HAProxy', await startProxy(await command('proxy', proxy(port)))],
    ['bare Node.js', await startProxy([...runSource(bareProxy), String(port)])],
    ['gateway', through],
  ]);
  const alone = await measure(ways, 1);
  show(alone, 1);
  for (const name of ['HAProxy', 'bare Node.js', 'gateway']) {
    const added = (['p50', 'p99'] as const).map((figure) => {
      const { text } = compare(alone, [name, 'direct'], (a, b) => a[figure] - b[figure]);
      return `${figure} ${text} ms`;
    });
    console.log(`\n${name} adds: ${added.join(', ')}`);
  }
  const many = await measure(ways, manyConnections);
  show(many, manyConnections);
  const ratio = (a: string, b: string) => compare(many, [a, b], (one, other) => one.rate / other.rate);
  const { value, text } = ratio('gateway', 'HAProxy');
  const met = value >= goal;
  console.log(`\nCalls a second, bare Node.js / HAProxy: ${ratio('bare Node.js', 'HAProxy').text}`);
  console.log(`Calls a second, gateway / bare Node.js: ${ratio('gateway', 'bare Node.js').text}`);
  console.log(`Calls a second, gateway / HAProxy: ${text}; at least a third: ${met ? 'yes' : 'NO'}`);
  if (!met) process.exitCode = 1;
} finally {
  for (const { child } of proxies) await child.stop(1_000);
  await gateway.stop();
  await rm(folder, { recursive: true });
}

/** Keeps all threads of a process on one core. */
async function pin(pid: number, core: string): Promise<void> {
  await run('taskset', ['-a', '-c', '-p', core, String(pid)]);
}
