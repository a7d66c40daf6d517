import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import type { CheckResult } from './judge.ts';
import { junitXml } from './junit.ts';

const { DOMParser } = parseHTML('<html></html>');
const parse = (xml: string) => new DOMParser().parseFromString(xml, 'text/xml');
const results: CheckResult[] = [
  { check: 'latency.p95 > 200 ms', target: 'server', outcome: 'passed', message: '6 ms' },
  { check: 'latency.p95 > 200 ms', target: 'slow', run: 'after', outcome: 'failed', message: '300 ms (290 to 310)' },
  { check: 'idle.memory > 1 GB', target: 'server', outcome: 'error', message: 'idle.memory was not measured' },
];

test('is a test case for each check and target, with what was measured', () => {
  expect(junitXml('run', results)).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="faceoff" tests="3" failures="1" errors="1" time="0">
      <testsuite name="run" tests="3" failures="1" errors="1" skipped="0" time="0">
        <testcase classname="faceoff.server" name="fails if latency.p95 &gt; 200 ms" time="0"><system-out>6 ms</system-out></testcase>
        <testcase classname="faceoff.after.slow" name="fails if latency.p95 &gt; 200 ms" time="0"><failure type="limit" message="300 ms (290 to 310)">fails if latency.p95 &gt; 200 ms: 300 ms (290 to 310)</failure></testcase>
        <testcase classname="faceoff.server" name="fails if idle.memory &gt; 1 GB" time="0"><error type="not measured" message="idle.memory was not measured">fails if idle.memory &gt; 1 GB: idle.memory was not measured</error></testcase>
      </testsuite>
    </testsuites>
    "
  `);
});

/** What markup is made of, and any character, half ones and control characters included. */
const awkward = fc.oneof(
  fc.constantFrom('<a', '</', '&lt;', '"', "'", ']]>', '\u0000', '\ud800', '\n'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);

test('holds any text, and ends at no character that XML cannot hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: awkward }), (text) => {
      const xml = junitXml(text, [{ check: text, target: 'server', outcome: 'failed', message: text }]);
      expect(xml).toMatch(/^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u);
      expect(xml.match(/<[a-z]+/g)).toEqual(['<testsuites', '<testsuite', '<testcase', '<failure']);
      const said = parse(xml).querySelector('failure')?.textContent;
      if (!/[^ -~]/.test(text)) expect(said).toBe(`fails if ${text}: ${text}`);
    }),
  );
});
