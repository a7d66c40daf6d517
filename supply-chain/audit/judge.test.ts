import { expect, test } from 'vitest';
import { judgeAudit } from './judge.ts';

const advisory = { title: 'Reads what it should not', url: 'https://example.org/1', severity: 'high' };
const report = (severity: string) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {
      lib: { severity, range: '<2.0.0', via: [advisory], isDirect: false, effects: ['user'], fixAvailable: true },
      user: { severity, range: '*', via: ['lib'], isDirect: true, effects: [], fixAvailable: true },
    },
    metadata: {},
  });

test.each(['high', 'critical'])('a vulnerability of severity %s fails, with its advisory', (severity) => {
  expect(judgeAudit(report(severity))).toEqual({
    kind: 'vulnerable',
    found: [`lib <2.0.0: ${severity}: Reads what it should not (https://example.org/1)`, `user *: ${severity}: by lib`],
    lesser: [],
  });
});

test.each(['info', 'low', 'moderate'])('one of severity %s is told alone', (severity) => {
  expect(judgeAudit(report(severity))).toMatchObject({ kind: 'clean', lesser: [{}, {}].map(() => expect.any(String)) });
});

test('none is clean', () => {
  const none = JSON.stringify({ auditReportVersion: 2, vulnerabilities: {}, metadata: {} });
  expect(judgeAudit(none)).toEqual({ kind: 'clean', lesser: [] });
});

test.each([
  [
    { message: 'request to https://example.org/audits failed', error: {} },
    'request to https://example.org/audits failed',
  ],
  [
    { error: { code: 'ENOAUDIT', summary: 'Your configured registry does not support audit requests.', detail: '' } },
    'Your configured registry does not support audit requests.',
  ],
])('an endpoint that cannot be asked is named: %j', (printed, why) => {
  expect(judgeAudit(JSON.stringify(printed))).toEqual({ kind: 'unreachable', why });
});

test.each(['', '{}', '[]', 'npm error', '{"auditReportVersion":3}'])('%j is no audit', (printed) => {
  expect(() => judgeAudit(printed)).toThrow('something else than a report');
});
