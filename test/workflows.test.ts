import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  if?: string;
  env?: Record<string, string>;
}
interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, { 'timeout-minutes'?: number; strategy?: { matrix: { node: number[] } }; steps: Step[] }>;
}

const root = resolve(import.meta.dirname, '..');
const folder = join(root, '.github/workflows');
const files = readdirSync(folder);
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const workflow = (file: string): Workflow => parse(read(file), { strict: true });
const steps = (file: string) => Object.values(workflow(file).jobs).flatMap((job) => job.steps);

describe.each(files)('the workflow %s', (file) => {
  it('names each action by the commit of a version', () => {
    const uses = [...read(file).matchAll(/uses: (.*)/g)].map(([, what]) => what);
    expect(uses.length).toBeGreaterThan(0);
    for (const what of uses) expect(what).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('may only read, and needs no secret', () => {
    expect(workflow(file).permissions).toEqual({ contents: 'read' });
    expect(read(file)).not.toContain('secrets.');
  });

  it('has a limit of time in every job', () => {
    for (const job of Object.values(workflow(file).jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it('runs scripts that bash can read, with npm scripts that exist', () => {
    const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts as Record<string, string>;
    for (const { run = '' } of steps(file)) {
      expect(spawnSync('bash', ['-n'], { input: run }).status, run).toBe(0);
      for (const [, name = ''] of run.matchAll(/npm (?:run )?([\w:-]+)/g)) expect(scripts).toHaveProperty(name);
    }
  });

  it('puts nothing that others may choose into a script', () => {
    for (const { run = '' } of steps(file)) expect(run).not.toContain('${{');
  });
});

it('the tests run on every Node that is supported', () => {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const tested = workflow('test.yml').jobs['test']?.strategy?.matrix.node ?? [];
  expect(tested).toEqual([20, 22, 24]);
  expect(engines.node).toMatch(new RegExp(`^>=${tested[0]}\\.`));
});

it('dependencies are checked, with an audit that the registry must answer', () => {
  const runs = workflow('test.yml').jobs['check']?.steps.map(({ run }) => run);
  expect(runs).toEqual(expect.arrayContaining(['npm run audit -- --must-answer', 'npm run licences', 'npm run sbom']));
});

describe('the workflow on Minikube', () => {
  const all = steps('kubernetes.yml');
  const at = (command: string) => all.findIndex(({ run = '' }) => run.includes(command));

  it('has a network that enforces policies wherever it is started', () => {
    const starts = all.filter(({ run = '' }) => run.includes('minikube start'));
    expect(starts.length).toBeGreaterThan(0);
    for (const { run } of starts) expect(run).toContain('--cni=calico');
  });

  it('runs the cluster tests too', () => {
    expect(all[at('npm run test:cluster')]?.env).toEqual({ CLUSTER: 'minikube' });
  });

  it('takes the stack down, whatever happened before', () => {
    expect(at('pulumi destroy')).toBeGreaterThan(at('pulumi up'));
    expect(all[at('pulumi destroy')]?.if).toBe('always()');
  });

  it('keeps the report, whatever happened before', () => {
    expect(all.find(({ uses = '' }) => uses.startsWith('actions/upload-artifact'))?.if).toBe('always()');
  });

  it('compares what the cluster holds at the end with what it held before', () => {
    expect(at('before.txt')).toBeLessThan(at('pulumi up'));
    expect(at('after.txt')).toBeGreaterThan(at('pulumi destroy'));
    expect(all[at('after.txt')]?.if).toBe('always()');
  });
});
