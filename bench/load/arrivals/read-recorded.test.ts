import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseRecorded, readRecorded } from './read-recorded.ts';
import { schedule } from './schedule.ts';

test.each([
  ['ISO times', 'time\n2026-01-31T12:00:00Z\n2026-01-31T12:00:01.5Z\n'],
  ['ISO times of other zones', 'time\n2026-01-31T12:00:00+00:00\n2026-01-31T14:00:01.5+02:00'],
  ['times without a zone', 'time\n2026-01-31 12:00:00\n2026-01-31 12:00:01.5'],
  ['seconds', 'time\n100\n101.5'],
  ['other columns, quotes and Windows line ends', '\uFEFFpath,"time"\r\n/,"7"\r\n/,"8.5"\r\n'],
  ['a comma within quotes', 'path,time\n"/a,b",7\n/c,8.5\n'],
  ['times out of order', 'time\n101.5\n100'],
])('%s become times from the first', (_, text) => {
  expect(parseRecorded(text)).toEqual({ kind: 'recorded', times: [0, 1500] });
});

test('requests a second are spread over their seconds, and seconds left out are silent', () => {
  expect([...schedule(parseRecorded('time,requests\n10,2\n12,1\n13,0\n14,4'))]).toEqual([
    0, 500, 2000, 4000, 4250, 4500, 4750,
  ]);
});

test.each([
  ['', /line 1: .*"time"/],
  ['when\n1', /line 1: .*"time"/],
  ['time\n', /line 2: at least one/],
  ['time\n1\nsoon', /line 3: "soon"/],
  ['time,requests\n1,2\n2', /line 3: 2 columns/],
  ['time\n1\n"2', /line \d: Quote Not Closed/],
  ['time,requests\n1,-2', /line 2: "-2"/],
  ['time,requests\n2,1\n2.5,1', /line 3: .*at least a second/],
])('%j is refused with the number of its line', (text, message) => {
  expect(() => parseRecorded(text)).toThrow(message);
});

test('the message names the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'faceoff-recorded-'));
  const path = join(folder, 'traffic.csv');
  await writeFile(path, 'time\nsoon');
  expect(() => readRecorded(path)).toThrow(`${path}, line 2`);
  await rm(folder, { recursive: true });
  expect(() => readRecorded(path)).toThrow(`${path} cannot be read`);
});
