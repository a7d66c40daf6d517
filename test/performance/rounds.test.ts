import { expect, onTestFinished, test } from 'vitest';
import { startScript } from '../process.ts';

test.each([
  ['infra/local/bench/max-rate.ts', 'ROUNDS', ['5']],
  ['test/performance/classifier.ts', '--rounds', ['--rounds', '5']],
  ['test/performance/start.ts', '--starts', ['--starts', '5']],
  ['test/generator/rates.ts', '--rounds', ['--rounds', '5']],
])('%s refuses five rounds before it measures', async (path, option, args) => {
  const { child, finished } = startScript(path, args);
  // One that measures goes on for minutes, with children.
  onTestFinished(() => {
    if (child.exitCode === null) process.kill(-(child.pid ?? 0), 'SIGKILL');
  });
  const { code, stdout, stderr } = await finished;
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe(`${option} 5: it must be a whole number, at least 6\n`);
});
