import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { adviceJson, advicePage, adviceText, advise, modelOf, patternTraffic, readTraffic } from '../advise/index.ts';
import { type Objective, type Prices, parseObjective, readPrices, readRun, replaceFile } from '../bench/index.ts';
import { asUsage, UsageError } from './usage-error.ts';

export interface AdviseFlags {
  traffic?: string[];
  pattern?: string;
  objective?: Objective;
  prices?: Prices;
  seed: number;
  skipLines: number;
  azureFunction?: string;
  format: 'text' | 'json';
  out?: string;
  writeConfig?: string;
}

/** Times the rate that the answer is looked for at. */
const factors = [0.125, 0.25, 0.5, 1, 2, 4, 8];

/** Requests of each simulation of the search: more make it slower, and the choice no better than the run is. */
const sampleRequests = 100_000;

/** `faceoff advise DIR`: which way to serve holds an objective for the least money, by what a run has measured. */
export async function adviseCommand(folder: string, flags: AdviseFlags): Promise<void> {
  const { traffic, faults } = await trafficOf(flags);
  const model = modelOf(await readRun(folder));
  const terminal = process.stderr.isTTY;
  const advice = await advise({
    traffic,
    model,
    objective: flags.objective ?? parseObjective('p95 < 200ms, errors < 1%'),
    prices: flags.prices ?? readPrices(),
    seed: flags.seed,
    sampleRequests,
    factors,
    threads: availableParallelism(),
    onProgress: (what, done, of) => {
      if (terminal) process.stderr.write(`\r\u001B[K${what}: ${Math.floor((done / of) * 100)} %`);
    },
  });
  if (terminal) process.stderr.write('\r\u001B[K');
  for (const each of faults) console.error(`faceoff: ${each}`);
  process.stdout.write(flags.format === 'json' ? adviceJson(advice) : adviceText(advice));
  if (flags.out !== undefined) {
    const page = resolve(flags.out);
    await mkdir(dirname(page), { recursive: true });
    await replaceFile(page, await advicePage(advice));
    (flags.format === 'text' ? console.log : console.error)(`\nPage: ${page}`);
  }
  const [best] = advice.choices;
  if (flags.writeConfig !== undefined && best !== undefined) {
    const file = resolve(flags.writeConfig);
    await replaceFile(file, (await import('./stack-config.ts')).stackConfig(best));
    console.error(`Configuration: ${file}`);
  }
  if (best === undefined) process.exitCode ||= 1;
}

async function trafficOf({ traffic: files, pattern, seed, skipLines, azureFunction }: AdviseFlags) {
  if ((files === undefined) === (pattern === undefined)) throw new UsageError('give either --traffic or --pattern');
  if (pattern !== undefined) return { traffic: asUsage(() => patternTraffic(pattern, seed)), faults: [] };
  const { traffic, faults } = await readTraffic(files ?? [], { mostFaults: skipLines / 100, azureFunction });
  const { passedOver, lines, first } = faults;
  return {
    traffic,
    faults: passedOver === 0 ? [] : [`${passedOver} of ${lines} lines were passed over: ${first.join('; ')}`],
  };
}
