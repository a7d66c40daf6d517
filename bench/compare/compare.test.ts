import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeManifest, makeSample } from '../../test/double/run.ts';
import { type Manifest, RunFolder } from '../record/index.ts';
import { compareRuns, comparisonJson, comparisonMarkdown, comparisonPage, comparisonText, readRuns } from './index.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'faceoff-compare-'));
});
afterEach(() => rm(parent, { recursive: true }));

/** A run folder whose targets answer in about so many milliseconds. */
async function makeRun(ms: number, changes: Partial<Manifest> = {}): Promise<string> {
  const manifest = makeManifest(changes);
  const run = await RunFolder.create(parent, manifest);
  for (const { name: target } of manifest.targets) {
    run.event({ kind: 'answer', time: 1, target, photo: 'cat.jpg', status: 200, weights: 'real' });
    for (let index = 0; index < 100; index += 1) {
      const intended = 1000 * index;
      const answered = intended + ms * (0.9 + (index % 10) / 50) + Math.floor(index / 10) / 100;
      run.sample(makeSample({ target, block: Math.floor(index / 10), intended, answered }));
    }
  }
  await run.close();
  return run.path;
}

const compare = async (...folders: string[]) => compareRuns(await readRuns(folders));
const median = ({ targets }: Awaited<ReturnType<typeof compare>>, at = 0) =>
  targets[at]?.figures.find(({ metric }) => metric.name === 'latency.median');

describe('figures', () => {
  test('that changed beyond noise are better or worse', async () => {
    const comparison = await compare(await makeRun(10, { name: 'before' }), await makeRun(12, { name: 'after' }));
    expect(median(comparison)?.changes[1]).toMatchObject({ effect: 'worse' });
    expect(median(comparison)?.changes[1]?.relative?.value).toBeCloseTo(0.2, 1);
    expect(comparisonText(comparison)).toMatch(/^after against before: \d+ of \d+ figures changed beyond noise/);
  });

  test('that did not change show no difference', async () => {
    const comparison = await compare(await makeRun(10, { name: 'a' }), await makeRun(10, { name: 'b', seed: 2 }));
    expect(comparison.targets.flatMap(({ figures }) => figures.map(({ changes }) => changes[1]?.effect))).toEqual(
      Array(10).fill('no difference shown'),
    );
    expect(comparisonText(comparison)).toMatch(/^b against a: no difference shown in 10 figures\./);
  });

  test('that one run alone has are told, if both were asked for them', async () => {
    const server = { name: 'server', architecture: 'server', platform: 'local', url: 'http://127.0.0.1:1/' } as const;
    const probe = async (name: string, ms: number): Promise<string> => {
      const manifest = makeManifest({ name, targets: [server] });
      const run = await RunFolder.create(parent, manifest);
      const of = { scenario: 'capacity', target: 'server', block: 1 };
      run.event({ kind: 'probe', time: 2, ...of, rate: 10, seconds: 10, givenUp: false });
      for (let at = 0; at < 100; at += 1)
        run.sample(makeSample({ ...of, intended: 100 * at, answered: 100 * at + ms }));
      await run.close();
      return run.path;
    };
    const text = comparisonText(await compare(await probe('before', 5), await probe('after', 5000)));
    expect(text).toContain('1 known of one run alone');
    expect(text).toContain('after, server: capacity is known of before alone (');
  });

  test('of every further run are set against the first', async () => {
    const runs = [await makeRun(10, { name: 'a' }), await makeRun(12, { name: 'b' }), await makeRun(8, { name: 'c' })];
    const { changes } = median(await compare(...runs)) ?? {};
    expect(changes?.map((change) => change?.effect)).toEqual([undefined, 'worse', 'better']);
  });

  test('are what the summary has', async () => {
    const comparison = await compare(await makeRun(10, { name: 'a' }), await makeRun(12, { name: 'b' }));
    const [a, b] = comparison.runs.map(({ summary }) => summary.targets[0]?.latency?.median.value ?? Number.NaN);
    expect(median(comparison)?.changes[1]?.value).toBeCloseTo((b ?? 0) - (a ?? 0), 9);
  });
});

describe('targets', () => {
  const target = (name: string, architecture: Manifest['targets'][number]['architecture']) =>
    ({ name, architecture, platform: 'kubernetes', url: 'http://127.0.0.1:1/' }) as const;

  test('of other names are the same when they alone have the architecture', async () => {
    const other = await makeRun(12, { name: 'cluster', targets: [target('openfaas', 'serverless')] });
    const comparison = await compare(await makeRun(10, { name: 'local' }), other);
    expect(comparison.targets.map(({ names }) => names)).toEqual([['serverless', 'openfaas']]);
    expect(comparisonText(comparison)).toContain('server is left out: only local has it.');
  });

  test('that have nothing in common are refused', async () => {
    const other = await makeRun(12, { name: 'other', targets: [target('flask', 'unknown')] });
    await expect(compare(await makeRun(10), other)).rejects.toThrow(/no target of the same name.*other: flask/);
  });
});

describe('unlike runs', () => {
  const photos = [{ name: 'dog.jpg', bytes: 1, sha256: 'bb' }];

  test('are told first', async () => {
    const comparison = await compare(await makeRun(10, { name: 'a' }), await makeRun(10, { name: 'b', photos }));
    expect(comparisonText(comparison)).toMatch(/^These runs are unlike, so what changed may come from that\. /);
    expect(comparison.distinctions).toEqual([
      { what: 'photos', values: ['cat.jpg (aa)', 'dog.jpg (bb)'], unlike: true },
    ]);
  });

  test('are not those that differ in versions and seed', async () => {
    const host = { ...makeManifest().host, faceoff: '9.0.0', node: 'v99' };
    const comparison = await compare(await makeRun(10, { name: 'a' }), await makeRun(10, { name: 'b', host, seed: 9 }));
    expect(comparison.distinctions.map(({ what, unlike }) => [what, unlike])).toEqual([
      ['seed', false],
      ['Faceoff', false],
      ['Node', false],
    ]);
  });
});

describe('a folder is refused', () => {
  test('when it is no run', async () => {
    await expect(readRuns([parent])).rejects.toThrow(`${parent} is not a run folder`);
  });

  test('when it is of another format, which is named', async () => {
    const folder = await makeRun(10);
    await writeFile(join(folder, 'run.json'), JSON.stringify({ ...makeManifest(), format: 7 }));
    await expect(readRuns([folder])).rejects.toThrow('is of format 7; this Faceoff reads format 1');
  });

  test('when it is given twice', async () => {
    const folder = await makeRun(10);
    await expect(readRuns([folder, join(parent, 'latest')])).rejects.toThrow('given twice');
  });
});

test('names of runs and photos are text in every form, never markup', async () => {
  const evil = '<img src=x onerror=alert(1)>|';
  const photos = [{ name: evil, bytes: 1, sha256: 'bb' }];
  const comparison = await compare(await makeRun(10, { name: 'a' }), await makeRun(10, { name: 'b', photos }));
  expect(await comparisonPage(comparison)).not.toContain('<img');
  expect(comparisonMarkdown(comparison)).not.toMatch(/(?<!\\)<img/);
  expect(JSON.parse(comparisonJson(comparison))).toMatchObject({ runs: [{ label: 'a' }, { label: 'b' }] });
});

test('the page has a figure and needs nothing from elsewhere', async () => {
  const page = await comparisonPage(await compare(await makeRun(10, { name: 'a' }), await makeRun(12, { name: 'b' })));
  expect(page.match(/<figure>/g)).toHaveLength(1);
  expect(page).not.toMatch(/<(link|img|iframe)\b|\ssrc=|url\(|@import|\b(src|href)="(https?:)?\/\//);
});
