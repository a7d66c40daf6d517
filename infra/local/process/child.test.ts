import { expect, test } from 'vitest';
import { isAlive, until } from '../test-double/index.ts';
import { Child, describeExit } from './child.ts';

const node = (script: string) => ({ command: [process.execPath, '-e', script], env: process.env });

test('tells how a process ended and what it wrote last', async () => {
  const child = new Child(node('for (let n = 1; n <= 30; n++) console.log("line", n); process.exitCode = 3'));
  expect(describeExit(await child.exited)).toBe('ended with exit code 3');
  expect((await child.lastLines()).split('\n').slice(-2)).toEqual(['line 29', 'line 30']);
});

test('keeps no more of the log than the last lines', async () => {
  const child = new Child(node('for (let n = 1; n <= 1000; n++) console.log(n)'));
  await child.exited;
  expect((await child.lastLines()).split('\n')).toHaveLength(12);
});

test('says that a program is not there', async () => {
  const child = new Child({ command: ['/nowhere/program'], env: {} });
  expect(describeExit(await child.exited)).toMatch(/^could not be started: .*\/nowhere\/program/);
});

test('lets a process end by itself on SIGTERM', async () => {
  const lines: string[] = [];
  const script = `process.on('SIGTERM', () => { console.log('bye'); process.exit(0) }); setInterval(() => {}, 1000); console.log('up')`;
  const child = new Child({ ...node(script), onLine: (line) => lines.push(line) });
  await until(() => lines.includes('up'));
  await child.stop(30_000);
  expect(await child.exited).toEqual({ code: 0, signal: null });
});

test('kills a process that does not end within the grace', async () => {
  const lines: string[] = [];
  const script = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')`;
  const child = new Child({ ...node(script), onLine: (line) => lines.push(line) });
  await until(() => lines.includes('up'));
  await child.stop(100);
  expect(describeExit(await child.exited)).toBe('was ended by SIGKILL');
});

test('leaves nothing of what the process started', async () => {
  const lines: string[] = [];
  const script = `
    const { spawn } = require('node:child_process');
    const helper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    console.log(helper.pid); setInterval(() => {}, 1000)`;
  const child = new Child({ ...node(script), onLine: (line) => lines.push(line) });
  await until(() => lines.length > 0);
  const helper = Number(lines[0]);
  expect(isAlive(helper)).toBe(true);
  await child.stop(30_000);
  await until(() => !isAlive(helper));
});

test('can be stopped more than once, and after its end', async () => {
  const child = new Child(node('setInterval(() => {}, 1000)'));
  await Promise.all([child.stop(30_000), child.stop(30_000)]);
  await child.stop(30_000);
  expect(child.ended).toBe(true);
});

test('has a process group of its own, so that Ctrl-C passes it by', async () => {
  const lines: string[] = [];
  const child = new Child({
    command: ['sh', '-c', 'ps -o pgid= -p $$'],
    env: process.env,
    onLine: (l) => lines.push(l),
  });
  await child.exited;
  await child.lastLines();
  expect(Number(lines[0])).toBe(child.pid);
});

test('passes messages on', async () => {
  const messages: unknown[] = [];
  const child = new Child({ ...node('process.send({ hello: 1 })'), onMessage: (message) => messages.push(message) });
  await child.exited;
  await until(() => messages.length > 0);
  expect(messages).toEqual([{ hello: 1 }]);
});
