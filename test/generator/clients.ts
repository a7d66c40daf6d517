import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runOpenLoop } from '../../bench/load/index.ts';

/** Requests at even distances. */
export interface Attack {
  url: string;
  /** Requests a second. */
  rate: number;
  seconds: number;
}

/** What one run of a client measured. */
export interface Measured {
  /** Milliseconds, in no order. */
  latencies: number[];
  /** Milliseconds between intended and sent, 99 of 100 times less; of our own generator alone. */
  latenessMs?: number;
}

export const body = Buffer.alloc(200, 'x');

/** @throws when a request failed: its time would mean nothing. */
export async function ours({ url, rate, seconds }: Attack): Promise<Measured> {
  const latencies: number[] = [];
  const { lateness } = await runOpenLoop({
    url,
    photos: [{ name: 'x', bytes: body, contentType: 'text/plain' }],
    arrivals: { kind: 'constant', rate, seconds },
    timeoutMs: 30_000,
    signal: new AbortController().signal,
    onSample: ({ intended, answered, status, error, detail }) => {
      if (status !== 200) throw new Error(`a request failed: ${detail ?? error ?? status}`);
      latencies.push(answered - intended);
    },
  });
  return { latencies, latenessMs: lateness.p99Ms };
}

/**
 * Vegeta sends on schedule from as many goroutines as it takes, and counts from when it sent.
 *
 * @param path of vegeta's program.
 * @throws when it failed, or a request of it.
 */
export async function vegeta(path: string, { url, rate, seconds }: Attack): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'faceoff-vegeta-'));
  try {
    const results = join(folder, 'results.bin');
    await writeFile(join(folder, 'body'), body);
    const from = ['-rate', String(rate), '-duration', `${seconds}s`, '-body', join(folder, 'body')];
    await run(path, ['attack', ...from, '-output', results], `POST ${url}\n`);
    const lines = (await run(path, ['encode', '-to', 'json', results])).trim().split('\n');
    const latencies = lines.map((line) => {
      const { code, latency } = JSON.parse(line) as { code: number; latency: number };
      if (code !== 200) throw new Error(`a request of vegeta failed: ${line}`);
      return latency / 1e6;
    });
    return { latencies };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function run(path: string, args: string[], input = ''): Promise<string> {
  const child = spawn(path, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(input);
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0) throw new Error(`${path} ${args[0]} ended with ${code}`);
  return output;
}
