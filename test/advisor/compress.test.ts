import { expect, test } from 'vitest';
import { patternTraffic } from '../../advise/traffic/index.ts';
import { runScript } from '../process.ts';

const pattern = 'diurnal:mean=3';

test('a pattern in less time has the counts of every so many seconds', async () => {
  const { code, stdout } = await runScript('test/advisor/compress.ts', {}, [pattern, '3600']);
  const [head, ...times] = stdout.trim().split('\n');
  const whole = patternTraffic(pattern, 1).counts;
  const counts = Array.from({ length: 24 }, (_, second) => times.filter((time) => Math.floor(+time) === second).length);
  expect([code, head]).toEqual([0, 'time']);
  expect(counts).toEqual(Array.from({ length: 24 }, (_, second) => whole[second * 3600]));
});

test('a factor that is no whole number is refused', async () => {
  const { code, stderr } = await runScript('test/advisor/compress.ts', {}, [pattern, '1.5']);
  expect(code).toBe(1);
  expect(stderr).toContain('a whole number');
});
