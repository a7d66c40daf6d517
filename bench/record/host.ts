import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import type { Manifest } from './manifest.ts';

const root = new URL('../../', import.meta.url);

/** The machine and versions that a run's figures hold for. */
export async function describeHost(): Promise<Manifest['host']> {
  const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as { version: string };
  const commit = await currentCommit();
  return {
    faceoff: version,
    ...(commit === undefined ? {} : { commit }),
    node: process.version,
    os: `${type()} ${release()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
  };
}

async function currentCommit(): Promise<string | undefined> {
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('git', args, { cwd: root })).stdout.trim();
  try {
    const changed = (await git('status', '--porcelain')) !== '';
    return `${await git('rev-parse', '--short=12', 'HEAD')}${changed ? ' with changes' : ''}`;
  } catch {
    return undefined;
  }
}
