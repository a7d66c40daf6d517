import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { profiles } from '../record/index.ts';
import { scenarios } from '../scenario/index.ts';
import { readScenarioFile } from './read-file.ts';
import { jsonSchema } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'faceoff-scenarios-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(text: string): string {
  const path = join(folder, 'mine.yaml');
  writeFileSync(path, text);
  return path;
}

const ownFile = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

test('what is not said is from the profile', () => {
  const file = readScenarioFile(write('scenarios: { latency: { requests: 40 }, burst: {} }'));
  expect(file.scenarios).toEqual(['latency', 'burst']);
  expect(file.settings).toEqual({ ...profiles.quick, latency: { ...profiles.quick.latency, requests: 40 } });
});

test('a profile that is given overrules the one of the file', () => {
  const file = readScenarioFile(write('{ profile: quick, scenarios: { latency: { blocks: 5 } } }'), 'paper');
  expect(file).toMatchObject({ profile: 'paper', settings: { latency: { ...profiles.paper.latency, blocks: 5 } } });
});

test('targets, objective, checks and the rest are read', () => {
  mkdirSync(join(folder, 'pictures'));
  const file = readScenarioFile(
    write(`
      name: mine
      seed: 7
      targets: { flask: 'http://127.0.0.1:5000/predict' }
      photos: pictures
      objective: p99 < 1s
      timeoutMs: 3000
      idle: { seconds: 1 }
      failIf: [p95 > 200ms]
    `),
  );
  expect(file).toMatchObject({
    name: 'mine',
    seed: 7,
    targets: [{ name: 'flask', url: 'http://127.0.0.1:5000/predict' }],
    photos: join(folder, 'pictures'),
    settings: { timeoutMs: 3000, idle: { seconds: 1 }, objective: { quantile: 0.99, latencyMs: 1000 } },
  });
  expect(file.checks).toHaveLength(1);
  expect(file).not.toHaveProperty('scenarios');
});

test('traffic is recorded arrivals, from a file beside it', () => {
  writeFileSync(join(folder, 'traffic.csv'), 'time\n1\n1.5\n4\n');
  const file = readScenarioFile(write('scenarios: { autoscaling: { traffic: traffic.csv, quietSeconds: 1 } }'));
  expect(file.settings.autoscaling).toMatchObject({
    quietSeconds: 1,
    arrivals: { kind: 'recorded', times: [0, 500, 3000] },
  });
});

test('load may be of any shape of arrivals', () => {
  const arrivals = { kind: 'poisson', rate: 3, seconds: 10, seed: 1 };
  const file = readScenarioFile(write(`scenarios: { autoscaling: { arrivals: ${JSON.stringify(arrivals)} } }`));
  expect(file.settings.autoscaling).toEqual({ ...profiles.quick.autoscaling, arrivals });
});

test.each([
  ['requests: 3', 'Unrecognized key: "requests"'],
  ['scenarios: { latency: { request: 3 } }', 'scenarios.latency: Unrecognized key: "request"'],
  ['scenarios: { latency: { requests: -3 } }', 'scenarios.latency.requests: '],
  ['scenarios: { latency: { requests: 3, blocks: 4 } }', '3 requests cannot be sent in 4 blocks'],
  ['scenarios: {}', 'name one at least'],
  ['targets: { a: ftp://127.0.0.1/ }', 'must start with http'],
  ['objective: fast', 'no objective'],
  ['timeoutMs: 1500', 'timeoutMs: '],
  ['failIf: [slow]', 'slow'],
  ['scenarios: { autoscaling: { traffic: none.csv } }', 'none.csv cannot be read'],
  [
    'scenarios: { autoscaling: { traffic: a.csv, arrivals: { kind: constant, rate: 1, seconds: 1 } } }',
    'give traffic or',
  ],
  ['scenarios: { autoscaling: { rate: 3, traffic: a.csv } }', 'give a rate and seconds, or arrivals, or traffic'],
  ['scenarios: { autoscaling: { arrivals: { kind: constant, rate: 1, seconds: 1, seed: 1 } } }', 'seed'],
  ['photos: nowhere', 'nowhere: there is no such folder'],
  ['scenarios: { autoscaling: { arrivals: { kind: constant, rate: 0, seconds: 1 } } }', 'arrivals.rate'],
  ['prices: none.yaml', 'none.yaml cannot be read'],
  ['name: [', 'mine.yaml'],
])('%s is refused, with the file and what to change', (text, problem) => {
  const read = () => readScenarioFile(write(text));
  expect(read).toThrow(problem);
  expect(read).toThrow(`scenario file ${join(folder, 'mine.yaml')}: `);
});

test.each([
  'targets: { a: "ftp://user:secret@127.0.0.1/" }',
  'targets: { a: "http://user:secret@127.0.0.1/"',
  'targets:\n  a: http://user:secret@127.0.0.1/\n  a: http://user:secret@127.0.0.2/',
])('a password is not repeated in the message that refuses %j', (text) => {
  expect(() => readScenarioFile(write(text))).toThrow(/^((?!secret).)+$/s);
});

test('a file that is not there is named', () => {
  expect(() => readScenarioFile(join(folder, 'none.yaml'))).toThrow('none.yaml');
});

test('paper.yaml says the paper profile in full', () => {
  const paper = readScenarioFile(ownFile('paper.yaml'));
  expect(paper.scenarios).toEqual(scenarios.map(({ name }) => name));
  // Without its own profile's help: every amount is in the file.
  expect(readScenarioFile(ownFile('paper.yaml'), 'quick').settings).toEqual(profiles.paper);
});

test('platforms.yaml has the bursts of docs/platforms.md', () => {
  const { settings, targets } = readScenarioFile(ownFile('platforms.yaml'));
  expect(targets).toBeUndefined();
  const burst = { rate: 3, factor: 4, beforeSeconds: 20, burstSeconds: 60, afterSeconds: 30 };
  expect(settings['base-burst']).toMatchObject(burst);
  expect(settings.burst).toMatchObject({ rate: 3, factor: 3, seconds: 60, windowSeconds: 1 });
});

test('the schema for editors is of what is read (node --import tsx bench/scenarios/print-schema.ts makes it)', () => {
  const kept = JSON.parse(readFileSync(ownFile('scenario-file.schema.json'), 'utf8'));
  expect(kept).toEqual(JSON.parse(JSON.stringify(jsonSchema())));
});
