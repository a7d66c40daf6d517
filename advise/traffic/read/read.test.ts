import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessTime } from './access-log.ts';
import { readTraffic } from './index.ts';
import { Times } from './times.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faceoff-traffic-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(content: string | Buffer, name = 'traffic'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
const read = async (content: string | Buffer, mostFaults = 0.01) => readTraffic([await file(content)], { mostFaults });

const logLine = (time: string, rest = '"GET /a HTTP/1.1" 200 12') => `10.0.0.1 - frank [${time}] ${rest}`;

describe('an access log', () => {
  const lines = [
    logLine('10/Oct/2026:13:55:36 +0000'),
    logLine('10/Oct/2026:15:55:38 +0200', '"POST / HTTP/1.1" 503 - "-" "curl \\"quoted\\""'),
    logLine('10/Oct/2026:13:55:36 +0000'),
  ];

  test.each([
    ['as text', lines.join('\n')],
    ['with Windows line ends', lines.join('\r\n')],
    ['zipped', gzipSync(lines.join('\n'))],
    ['zipped in two parts', Buffer.concat([gzipSync(`${lines[0]}\n`), gzipSync(lines.slice(1).join('\n'))])],
  ])('is counted by the second, %s', async (_, content) => {
    const { traffic } = await read(content);
    expect({ ...traffic, counts: [...traffic.counts] }).toMatchObject({ slotSeconds: 1, counts: [2, 0, 1] });
  });

  test.each([
    'no log',
    logLine('31/Feb/2026:13:55:36 +0000'),
    logLine('10/Oct/2026:25:55:36 +0000'),
    logLine('10/Okt/2026:13:55:36 +0000'),
    logLine('10/Oct/2026:13:55:36 +0000', '"GET / HTTP/1.1" OK 12'),
  ])('has no time in %j', (text) => {
    expect(accessTime(text)).toBeUndefined();
  });

  test('is read with a malformed line, which is named', async () => {
    const { traffic, faults } = await read(['broken', ...lines].join('\n'), 0.5);
    expect([...traffic.counts]).toEqual([2, 0, 1]);
    expect(faults).toMatchObject({
      lines: 4,
      passedOver: 1,
      first: [expect.stringMatching(/traffic, line 1: no line/)],
    });
  });

  test('with too many malformed lines is refused', async () => {
    await expect(read([...lines, 'a', 'b'].join('\n'), 0.3)).rejects.toThrow(/2 of 5 lines \(40 %\).*the 30 %.*line 4/);
  });

  test('cut short within its compression is refused with its name', async () => {
    const whole = gzipSync(lines.join('\n').repeat(50));
    await expect(read(whole.subarray(0, whole.length - 20))).rejects.toThrow(/traffic cannot be read/);
  });

  test('is one with those it was rotated to', async () => {
    const paths = [await file(lines[1] ?? '', 'log.1'), await file(lines[0] ?? '', 'log')];
    const { traffic } = await readTraffic(paths, { mostFaults: 0 });
    expect([...traffic.counts]).toEqual([1, 0, 1]);
  });
});

describe('a CSV file', () => {
  test('of times is kept exactly, in their order', async () => {
    const { traffic } = await read('path,time\n/,101.25\n"/a,b",99.5');
    expect([...(traffic.times ?? [])]).toEqual([0.5, 2.25]);
    expect([...traffic.counts]).toEqual([1, 0, 1]);
  });

  test('of counts a second, or a minute, says which by its column', async () => {
    const second = await read('time,requests\n10,2\n12,1');
    expect({ ...second.traffic, counts: [...second.traffic.counts] }).toMatchObject({
      slotSeconds: 1,
      counts: [2, 0, 1],
    });
    const minute = await read('time,requests_per_minute\n2026-01-01T00:00:00Z,5\n2026-01-01T00:02:00Z,7');
    expect({ ...minute.traffic, counts: [...minute.traffic.counts] }).toMatchObject({
      slotSeconds: 60,
      counts: [5, 0, 7],
    });
  });

  test.each([
    ['time\n1\nsoon', /line 3: "soon" is no time/],
    ['time,requests\n1,2\n2,-1', /line 3: "-1" is no count/],
  ])('%j names the line that is wrong', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  test('with a time that is years away is refused', async () => {
    await expect(read('time,requests\n0,1\n2026-01-01T00:00:00Z,1')).rejects.toThrow(/spans \d+ days/);
  });

  test('of nothing but its header is refused', async () => {
    await expect(read('time\n')).rejects.toThrow(/holds no request/);
  });
});

test('more exact times than are kept become counts of their seconds', () => {
  const times = new Times(2);
  for (const at of [5.5, 5.7, 6.1]) times.add(at, 1);
  expect(times.traffic('many').times).toBeUndefined();
  expect([...times.traffic('many').counts]).toEqual([2, 1]);
});

describe('a day of the Azure Functions trace', () => {
  const head = [
    'HashOwner',
    'HashApp',
    'HashFunction',
    'Trigger',
    ...Array.from({ length: 1440 }, (_, minute) => minute + 1),
  ];
  const row = (name: string, counts: Record<number, number>) =>
    ['o', 'a', name, 'http', ...Array.from({ length: 1440 }, (_, minute) => counts[minute + 1] ?? 0)].join(',');
  const day = [head.join(','), row('f', { 1: 3, 1440: 1 }), row('g', { 1: 2 })].join('\n');

  test('adds up its functions by the minute', async () => {
    const { traffic } = await read(day);
    expect(traffic).toMatchObject({ slotSeconds: 60 });
    expect([traffic.counts.length, traffic.counts[0], traffic.counts[1439]]).toEqual([1440, 5, 1]);
  });

  test('can be that of one function', async () => {
    const { traffic } = await readTraffic([await file(day)], { mostFaults: 0, azureFunction: 'g' });
    expect([...traffic.counts]).toEqual([2]);
  });

  test('is followed by the next', async () => {
    const paths = [await file(day, 'd01.csv'), await file(day, 'd02.csv')];
    const { traffic } = await readTraffic(paths, { mostFaults: 0 });
    expect([traffic.counts.length, traffic.counts[1440]]).toEqual([2880, 5]);
  });

  test('names a line that is too short', async () => {
    await expect(read(`${day}\no,a,h,http,1,2`)).rejects.toThrow(/line 4: 1440 whole numbers/);
  });
});

test('a file of another kind is refused with what is taken', async () => {
  await expect(read('hello\nworld')).rejects.toThrow(/access log \(Common or Combined\)/);
  await expect(readTraffic([join(folder, 'none')], { mostFaults: 0 })).rejects.toThrow(/none cannot be read/);
});
