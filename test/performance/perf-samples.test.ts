import { expect, test } from 'vitest';
import { folded, readSamples, shares } from './perf-samples.ts';

/** As perf prints it: samples of process 10, one of its main thread and three of others. */
const printed = `node      10 
\t     1a2b3c JS:*send dist/service.js:1 (/tmp/perf-10.map)
\t     4d5e6f uv_run (/usr/bin/node)

node      12 
\t     7a8b9c [unknown] (/srv/node_modules/onnxruntime-node/bin/libonnxruntime.so.1)

node      13 
\t     1a2b3e [unknown] ([JIT] tid 10)

node      11 
\t     1a2b3d JS:wasm-function[398]-398-turbofan (/tmp/perf-10.map)
\t     4d5e6f uv_run (/usr/bin/node)

`;
const samples = readSamples(printed, 10);

test('knows what a sample worked on by the file and the thread', () => {
  expect(samples.map(({ part }) => part)).toEqual([
    'JavaScript and Node.js, main thread',
    'network',
    'network',
    'network',
  ]);
});

test('shares add up to one', () => {
  const all = shares(samples);
  expect(all.get('network')).toBeCloseTo(3 / 4);
  expect([...all.values()].reduce((sum, each) => sum + each, 0)).toBeCloseTo(1);
});

test('folds equal stacks, the outermost frame first', () => {
  const [first] = readSamples(printed, 10);
  expect(folded(first === undefined ? [] : [first, first])).toBe('uv_run;JS:*send dist/service.js:1 2\n');
});
