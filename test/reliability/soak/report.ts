import { parseArgs } from 'node:util';
import { wholeNumbers } from '../../performance/options.ts';
import { describeAnswers, type Findings } from '../findings.ts';
import { soakMemoryLimit } from '../memory-limit.ts';
import type { ServiceProcess } from '../service-process.ts';

/** Which of the numbered sendings a soak makes. */
export interface Range {
  seed: number;
  from: number;
  count: number;
  lanes: number;
}

/** Reads the range from the command line. @param most how many are sent unless `--count` says otherwise. */
export function readRange(most: number, lanes: number): Range {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
      count: { type: 'string', default: String(most) },
      lanes: { type: 'string', default: String(lanes) },
    },
  });
  const number = (option: 'seed' | 'count' | 'lanes') => wholeNumbers(option, values[option])[0] ?? 0;
  // The first is number 0.
  const [next = 1] = wholeNumbers('from', String(Number(values.from) + 1));
  return { seed: number('seed'), from: next - 1, count: number('count'), lanes: number('lanes') };
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);

/** Prints what came of a soak as a table and, when something was wrong or it held too much, what; the exit code is 1 then. */
export function printSoak(what: string, { seed, from, count }: Range, findings: Findings, memory: Memory): void {
  console.log('| sent | seed | answers | faults | MB when ready | MB at most | MB at the end |');
  console.log('|---|---|---|---|---|---|---|');
  const held = [memory.ready, memory.most, memory.end].map(megabytes).join(' | ');
  console.log(
    `| ${count} ${what} from ${from} | ${seed} | ${describeAnswers(findings)} | ${findings.faults.length} | ${held} |`,
  );
  for (const fault of findings.faults) console.log(fault);
  if (findings.faults.length > 0) process.exitCode = 1;
  judgeMemory(memory);
}

/** Says so when the service held more than a soak allows; the exit code is 1 then. */
function judgeMemory({ ready, most }: Memory): void {
  if (most - ready <= soakMemoryLimit) return;
  console.log(`It held ${megabytes(most - ready)} MB more than when ready: more than ${megabytes(soakMemoryLimit)} MB`);
  process.exitCode = 1;
}

/** Resident set of the service, in bytes. */
export interface Memory {
  ready: number;
  most: number;
  end: number;
}

/** Reads the memory of a service around what is done with it. Zero where the service has ended. */
export async function withMemory<T>(service: ServiceProcess, act: () => Promise<T>): Promise<[T, Memory]> {
  const ready = service.resident();
  const result = await act();
  const lives = service.ended() === undefined;
  return [result, { ready, most: lives ? service.peak() : 0, end: lives ? service.resident() : 0 }];
}
