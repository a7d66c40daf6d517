import { expect, onTestFinished, test, vi } from 'vitest';
import { medianInterval } from './paired.ts';
import { leastRounds, readRounds } from './rounds.ts';

test.each(['6', '20'])('%s rounds are read', (text) => {
  expect(readRounds('--rounds', text)).toBe(Number(text));
});

test('the least number of rounds has an interval of the median, and one less has none', () => {
  const values = Array.from({ length: leastRounds }, (_, index) => index);
  expect(medianInterval(values)).toHaveLength(2);
  expect(() => medianInterval(values.slice(1))).toThrow(RangeError);
});

test.each(['5', '0', '-6', '6.5', 'many', '', 'NaN', 'Infinity'])('%j rounds end the process with 2', (text) => {
  const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  const said = vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => {
    exit.mockRestore();
    said.mockRestore();
  });
  expect(() => readRounds('--rounds', text)).toThrow('exit 2');
  expect(said).toHaveBeenCalledWith(`--rounds ${text}: it must be a whole number, at least 6`);
});
