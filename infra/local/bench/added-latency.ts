// How much latency the gateway adds: calls of a small function through it and directly, one at a time over one
// connection each, in pairs of blocks in random order. Prints medians, their difference with a 95 % interval, and the
// ratio; fails when the difference is a millisecond or more.
import { Client } from 'undici';
import { z } from 'zod';
import { defaultLimits, openfaasTiming } from '../gateway/index.ts';
import { GatewayProcess } from '../serverless/index.ts';
import { testDouble } from '../test-double/index.ts';
import { inRandomOrder, median, medianInterval } from './paired.ts';

const pairs = 40;
const warmUpPairs = 4;
const callsInBlock = 100;
const targetMs = 1;

interface Way {
  client: Client;
  path: string;
}

/** The median time of a block of calls, in milliseconds. */
async function block({ client, path }: Way, body: Buffer): Promise<number> {
  const times: number[] = [];
  for (let call = 0; call < callsInBlock; call += 1) {
    const before = performance.now();
    const answer = await client.request({ method: 'POST', path, body });
    await answer.body.arrayBuffer();
    times.push(performance.now() - before);
    if (answer.statusCode !== 200) throw new Error(`a call of ${path} was answered by ${answer.statusCode}`);
  }
  return median(times);
}

/** One pair of blocks, whichever comes first. */
async function pair(direct: Way, gateway: Way, body: Buffer): Promise<{ direct: number; gateway: number }> {
  const [alone, through] = await inRandomOrder(
    () => block(direct, body),
    () => block(gateway, body),
  );
  return { direct: alone, gateway: through };
}

/** @returns the median of the differences, in milliseconds. */
async function compare(direct: Way, gateway: Way, bytes: number): Promise<number> {
  const body = Buffer.alloc(bytes, 'x');
  for (let count = 0; count < warmUpPairs; count += 1) await pair(direct, gateway, body);
  const results: { direct: number; gateway: number }[] = [];
  while (results.length < pairs) results.push(await pair(direct, gateway, body));
  const added = results.map((each) => each.gateway - each.direct);
  const [low, high] = medianInterval(added).map((ms) => ms.toFixed(3));
  const ratio = median(results.map((each) => each.gateway / each.direct));
  console.log(
    [
      `${String(bytes).padStart(6)} bytes:`,
      `direct ${median(results.map((each) => each.direct)).toFixed(3)} ms,`,
      `gateway ${median(results.map((each) => each.gateway)).toFixed(3)} ms,`,
      `added ${median(added).toFixed(3)} ms (95 % interval ${low} to ${high}), ratio ${ratio.toFixed(2)}`,
    ].join(' '),
  );
  return median(added);
}

const gateway = await GatewayProcess.start({
  port: 0,
  images: { double: { command: testDouble } },
  env: process.env,
  timing: openfaasTiming,
  limits: defaultLimits,
  startTimeoutMs: 60_000,
  signal: new AbortController().signal,
  onLog: () => undefined,
});
try {
  await gateway.api.deploy({ service: 'f', image: 'double', labels: {} });
  const through: Way = { client: new Client(gateway.url), path: '/function/f' };
  const described = await through.client.request({ method: 'GET', path: through.path });
  const { port } = z.object({ port: z.number() }).parse(await described.body.json());
  const direct: Way = { client: new Client(`http://127.0.0.1:${port}`), path: '/' };

  console.log(
    `${pairs} pairs of blocks of ${callsInBlock} calls; client, gateway and replica share this machine's cores.`,
  );
  const added = [await compare(direct, through, 0), await compare(direct, through, 50_000)];
  const met = added.every((ms) => ms < targetMs);
  console.log(`Under ${targetMs} ms added at the median: ${met ? 'yes' : 'no'}`);
  if (!met) process.exitCode = 1;
  await Promise.all([through.client.destroy(), direct.client.destroy()]);
} finally {
  await gateway.stop();
}
