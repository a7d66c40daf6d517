import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { showProgress } from './progress.ts';

/** What is written while something of 4 MB comes in a hundred steps. */
function written(isTTY: boolean): string {
  const out = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY });
  const progress = showProgress('Model', 4_000_000, out as unknown as NodeJS.WriteStream);
  for (let step = 1; step <= 100; step++) {
    progress.to(step * 40_000);
  }
  return out.read();
}

describe('showProgress', () => {
  test('writes a few lines where there is no terminal', () => {
    const lines = ['Model: 0.0 of 4.0 MB', 'Model: 1.0 of 4.0 MB', 'Model: 2.0 of 4.0 MB', 'Model: 3.0 of 4.0 MB'];
    expect(written(false).split('\n')).toEqual([...lines, 'Model: 4.0 of 4.0 MB', '']);
  });

  test('fills one bar on a terminal', () => {
    const bars = written(true).split('\r');
    expect(bars.at(-1)).toBe(`Model ${'█'.repeat(30)} 4.0 of 4.0 MB\n`);
    expect(written(true).split('\n')).toHaveLength(2);
  });
});
