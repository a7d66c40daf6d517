import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kindOf, metrics } from '../metric/index.ts';
import { type Check, parseCheck, printCheck } from './check.ts';

const anyCheck: fc.Arbitrary<Check> = fc
  .record({
    metric: fc.constantFrom(...metrics),
    target: fc.option(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/), { nil: undefined }),
    verb: fc.constantFrom(undefined, 'worsens', 'improves', 'rises', 'falls'),
    operator: fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const),
    limit: fc.double({ min: 0, max: 1e300, noNaN: true }).map(Math.abs),
    beyondNoise: fc.boolean(),
    unitAt: fc.nat(),
  })
  .filter(({ metric, verb }) => metric.better !== undefined || (verb !== 'worsens' && verb !== 'improves'))
  .map(({ target, verb, unitAt, ...rest }) => {
    const { units, changeUnits } = kindOf(rest.metric.quantity);
    const allowed = verb === undefined ? Object.keys(units) : [...Object.keys(changeUnits), '%'];
    const unit = allowed[unitAt % allowed.length] ?? '';
    return {
      ...rest,
      unit,
      ...(target === undefined ? {} : { target }),
      ...(verb === undefined ? {} : { verb: verb as NonNullable<Check['verb']> }),
    };
  });

test('every check is read back as it was printed', () => {
  fc.assert(
    fc.property(anyCheck, (check) => {
      expect(parseCheck(printCheck(check))).toEqual(check);
    }),
  );
});

test('any other text is refused with an Error that says something, and never hangs', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      try {
        parseCheck(text);
      } catch (error) {
        expect((error as Error).message.length).toBeGreaterThan(20);
      }
    }),
  );
});

test.each([
  ['p95 > 200ms', 'latency.p95 > 200 ms'],
  ['p95>200ms', 'latency.p95 > 200 ms'],
  ['server:throughput.p95 >= 0.2 s', 'server:throughput.p95 >= 0.2 s'],
  ['rate < 10/s', 'throughput.rate < 10 /s'],
  ['errors > 1%', 'errors > 1 %'],
  ['throughput.errors > 1 % beyond noise', 'throughput.errors > 1 % beyond noise'],
  ['peak > 3', 'autoscaling.peak > 3'],
  ['p95 worsens > 5%', 'latency.p95 worsens > 5 %'],
  ['errors rises > 0.5pp', 'errors rises > 0.5 pp'],
  ['p95 worsens beyond noise', 'latency.p95 worsens > 0 ms beyond noise'],
  ['peak rises beyond noise', 'autoscaling.peak rises > 0 beyond noise'],
])('%j means %j', (text, full) => {
  expect(printCheck(parseCheck(text))).toBe(full);
});

test.each([
  ['p95', 'is no check'],
  ['p95 > ', 'is no check'],
  ['p95 beyond noise', 'is no check'],
  ['p95 > -1ms', 'is no check'],
  ['p95 == 1ms', 'is no check'],
  ['p96 > 1ms', 'there is no figure p96; give errors, latency.mean,'],
  ['speed.p95 > 1ms', 'there is no figure speed.p95'],
  ['p95 > 200', 'has no unit; latency.p95 takes ms, s'],
  ['p95 > 200 MB', 'has the unit MB; latency.p95 takes ms, s'],
  ['p95 > 5%', 'has the unit %; latency.p95 takes ms, s'],
  ['p95 worsens > 5 pp', 'takes ms, s, %'],
  ['memory > 1 GB', 'more than one scenario has memory; give idle.memory, at-zero.memory'],
  ['peak worsens > 1', 'neither way is better for autoscaling.peak; give rises or falls'],
])('%j is refused: %s', (text, message) => {
  expect(() => parseCheck(text)).toThrow(message);
});
