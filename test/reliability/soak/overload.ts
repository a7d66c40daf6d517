// Ten times as many requests as the service can answer, for a minute: how much it still answers, how soon it refuses the
// others, and how soon afterwards it answers again. Exit code 1 when a limit is missed. Service and client have a core of
// their own each, by taskset: otherwise the client would take from the service what it needs to send so much. Needs
// MODEL_DIR with the real model.
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { quantile } from '../../../bench/stats/index.ts';
import { compileService, serviceCommand, serviceEnv } from '../../performance/contestant.ts';
import { wholeNumbers } from '../../performance/options.ts';
import { knownPhotos } from '../../performance/photos.ts';
import { capacityOf, countAnswers, overload } from '../overload.ts';
import { judgeOverload } from '../overload-limits.ts';
import { startServiceProcess } from '../service-process.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '60' },
  },
});
const [times = 0] = wholeNumbers('times', values.times);
const [seconds = 0] = wholeNumbers('seconds', values.seconds);

const photos = await knownPhotos();
await compileService();
const [serviceCore, clientCore] = ['0', '1'];
execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', clientCore, String(process.pid)]);
const service = await startServiceProcess({
  program: serviceCommand,
  launcher: ['taskset', '--cpu-list', serviceCore],
  env: { ...serviceEnv('onnx'), THREADS: '1' },
});
const ready = service.resident();
try {
  await capacityOf(service, photos, 10);
  const cpuBefore = service.cpu();
  const before = await capacityOf(service, photos, 20);
  const cpuOfAnswer = (service.cpu() - cpuBefore) / (20 * before);
  const rate = Math.round(times * before);
  const cpuIdle = service.cpu();
  const { answers, goodput, recoveryMs } = await overload(service, photos, { rate, seconds });
  const cpuOfLoad = service.cpu() - cpuIdle;
  const after = await capacityOf(service, photos, 20);
  const capacity = (before + after) / 2;
  const refusals = answers.filter(({ status }) => status === 503).map(({ intended, answered }) => answered - intended);
  const refusalP99 = quantile(
    refusals.sort((a, b) => a - b),
    0.99,
  );
  const answered = answers.filter(({ status }) => status === 200).length;
  const cpuOfRefusal = (cpuOfLoad - answered * cpuOfAnswer) / refusals.length;
  console.log(`CPU: ${cpuOfAnswer.toFixed(2)} ms for an answer, ${cpuOfRefusal.toFixed(3)} ms for a refusal`);
  console.log(
    '| capacity, a second (before, after) | sent, a second | answers | goodput, a second | of capacity | 503, p99 ms | answers again after, ms |',
  );
  console.log('|---|---|---|---|---|---|---|');
  const cells = [
    `${capacity.toFixed(0)} (${before.toFixed(0)}, ${after.toFixed(0)})`,
    rate,
    Object.entries(countAnswers(answers))
      .map(([outcome, count]) => `${outcome} × ${count}`)
      .join(', '),
    goodput.toFixed(0),
    `${((100 * goodput) / capacity).toFixed(1)} %`,
    refusalP99.toFixed(1),
    recoveryMs.toFixed(0),
  ];
  console.log(`| ${cells.join(' | ')} |`);
  const { 200: _, 503: __, ...others } = countAnswers(answers);
  const grown = service.peak() - ready;
  console.log('');
  for (const { line, met } of judgeOverload({ capacity, goodput, refusalP99, recoveryMs, others, grown })) {
    console.log(line);
    if (!met) process.exitCode = 1;
  }
} finally {
  await service.stop();
}
