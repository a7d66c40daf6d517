import type { CheckResult } from './judge.ts';

/** Check results as JUnit XML, which CI servers show: a test case for each check and target. */
export function junitXml(suite: string, results: readonly CheckResult[]): string {
  const count = (outcome: CheckResult['outcome']): number => results.filter((each) => each.outcome === outcome).length;
  const counts = `tests="${results.length}" failures="${count('failed')}" errors="${count('error')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="faceoff" ${counts} time="0">`,
    `  <testsuite name="${escapeXml(suite)}" ${counts} skipped="0" time="0">`,
    ...results.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ check, target, run, outcome, message }: CheckResult): string {
  const place = ['faceoff', run, target].filter((part) => part !== undefined && part !== '').join('.');
  const said = escapeXml(message);
  const inner = {
    passed: `<system-out>${said}</system-out>`,
    failed: `<failure type="limit" message="${said}">${escapeXml(`fails if ${check}: ${message}`)}</failure>`,
    error: `<error type="not measured" message="${said}">${escapeXml(`fails if ${check}: ${message}`)}</error>`,
  }[outcome];
  return `    <testcase classname="${escapeXml(place)}" name="${escapeXml(`fails if ${check}`)}" time="0">${inner}</testcase>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** For text and attributes. What XML 1.0 cannot hold at all becomes a question mark in a diamond. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
