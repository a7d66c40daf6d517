import { expect, test } from 'vitest';
import { isNativeThere } from '../../app/test/native.ts';
import { backends, namedBackends } from './contestant.ts';

test('backends are named one by one', () => {
  expect(namedBackends('tfjs-wasm,onnx')).toEqual(['tfjs-wasm', 'onnx']);
});

test('all are all that work here', () => {
  expect(namedBackends('all')).toEqual(backends.filter((each) => each !== 'tfjs-node' || isNativeThere()));
});

test.each(['', 'Onnx', 'onnx,', 'onnx,all'])('backends %j are refused with those that there are', (text) => {
  expect(() => namedBackends(text)).toThrow('it must be all, or some of onnx,tfjs-node,tfjs-wasm');
});
