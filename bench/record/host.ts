import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import type { Manifest } from './manifest.ts';

const root = new URL('../../', import.meta.url);

/** The program: its version, and the commit where it is a clone. */
export type Source = Pick<Manifest['host'], 'faceoff' | 'commit'>;

/** The machine and versions that a run's figures hold for. A bundled program is told its source, for it has none. */
export async function describeHost(source?: Source): Promise<Manifest['host']> {
  return {
    ...(source ?? (await describeSource())),
    node: process.version,
    os: `${type()} ${release()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
  };
}

export async function describeSource(): Promise<Source> {
  const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as { version: string };
  const commit = await currentCommit();
  return { faceoff: version, ...(commit === undefined ? {} : { commit }) };
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
