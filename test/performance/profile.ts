// Where the time of a request goes, by backend: the CPU's samples of all threads of the service while 8 connections keep it
// busy, by what they ran. `--folded FOLDER` also keeps every sample's stack there, a file for each backend, which viewers of
// flame graphs open. Needs MODEL_DIR with the real model, and Linux's perf (Debian's linux-perf).
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { startService } from '../../infra/local/process/index.ts';
import { closedLoop } from './closed-loop.ts';
import { type Backend, compileService, namedBackends, serviceCommand, serviceEnv } from './contestant.ts';
import { wholeNumbers } from './options.ts';
import { folded, type Part, parts, readSamples, type Sample, shares } from './perf-samples.ts';
import { type KnownPhoto, knownPhotos } from './photos.ts';
import { profiledOptions } from './profiled.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '15' },
    folded: { type: 'string' },
  },
});
const [seconds = 0] = wholeNumbers('seconds', values.seconds);
const connections = 8;
const samplesASecond = '499';

async function profile(backend: Backend, photos: readonly KnownPhoto[]): Promise<Sample[]> {
  const folder = await mkdtemp(join(tmpdir(), 'faceoff-profile-'));
  const [node = '', ...main] = serviceCommand;
  const env = { ...process.env, ...serviceEnv(backend) };
  const { url, child } = await startService({
    ...{
      name: 'profiled',
      command: [node, ...profiledOptions(folder), ...main],
      env,
      startTimeoutMs: 120_000,
      stopGraceMs: 10_000,
    },
  });
  try {
    const pid = child.pid ?? 0;
    await closedLoop(`${url}/`, photos, { connections, until: { seconds: 15 } });
    const data = join(folder, 'perf.data');
    const busy = closedLoop(`${url}/`, photos, { connections, until: { seconds: seconds + 1 } });
    await Promise.all([busy, record(pid, data)]);
    const { stdout } = await promisify(execFile)('perf', ['script', '-i', data, '-F', 'comm,tid,ip,sym,dso'], {
      maxBuffer: 1 << 30,
    });
    return readSamples(stdout, pid);
  } finally {
    await child.stop(10_000);
    await rm(folder, { recursive: true });
    await rm(`/tmp/perf-${child.pid}.map`, { force: true });
  }
}

async function record(pid: number, file: string): Promise<void> {
  const options = ['-q', '-e', 'cpu-clock', '-g', '-F', samplesASecond, '-p', String(pid), '-o', file];
  const perf = spawn('perf', ['record', ...options, '--', 'sleep', String(seconds)], { stdio: 'inherit' });
  await new Promise<void>((ended, failed) => {
    perf.once('error', (error) => failed(new Error(`perf cannot be run: ${error.message}`)));
    perf.once('exit', (code) => (code === 0 ? ended() : failed(new Error(`perf ended with exit code ${code}`))));
  });
}

const photos = await knownPhotos();
await compileService();
const found: [Backend, ReadonlyMap<Part, number>][] = [];
for (const backend of namedBackends('all')) {
  const samples = await profile(backend, photos);
  found.push([backend, shares(samples)]);
  if (values.folded !== undefined) {
    await mkdir(values.folded, { recursive: true });
    await writeFile(join(values.folded, `${backend}.folded`), folded(samples));
  }
}
console.log(`| share of CPU | ${found.map(([backend]) => backend).join(' | ')} |`);
console.log(`|---|${found.map(() => '---|').join('')}`);
for (const part of parts) {
  console.log(`| ${part} | ${found.map(([, share]) => `${Math.round(100 * (share.get(part) ?? 0))} %`).join(' | ')} |`);
}
