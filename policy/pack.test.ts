import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Analyzer, startAnalyzer } from './test-stack/analyzer.ts';
import { compliant } from './test-stack/compliant.ts';
import { violating } from './test-stack/violating.ts';

const pack = import.meta.dirname;
const project = dirname(pack);
const nodeHost = createRequire(import.meta.url).resolve('@pulumi/pulumi/cmd/run-policy-pack/index.js');

// The address is the engine's, which the pack never calls.
describe.each([
  ['as an executable', [join(pack, 'run'), '127.0.0.1:1'], project],
  ["as Pulumi's Node.js host starts it", [process.execPath, nodeHost, '127.0.0.1:1', pack], pack],
] as const)('the pack, %s', (_, command, cwd) => {
  let analyzer: Analyzer;
  beforeAll(async () => {
    analyzer = await startAnalyzer(command, { cwd });
  });
  afterAll(() => analyzer?.close());

  it('lets a stack pass that follows its rules', async () => {
    expect(await analyzer.refusals(compliant())).toEqual([]);
  });

  it.each(Object.keys(violating))('refuses a stack that breaks %s', async (name) => {
    expect(await analyzer.refusals(violating[name] ?? [])).toEqual([
      expect.objectContaining({ policyName: name, enforcementLevel: 'mandatory' }),
    ]);
  });

  it('asks nothing of what is not an object of Kubernetes', async () => {
    expect(await analyzer.refusals([{ type: 'kubernetes:helm.sh/v3:Release', props: {} }])).toEqual([]);
  });
});

it.each([
  ['exposure:service is ClusterIP', { 'exposure:service': 'ClusterIP' }],
  ['there is an ngrok agent', { 'ngrok:authtoken': 'x' }],
])('the pack refuses a NodePort where %s', async (_, config) => {
  const env = { PULUMI_CONFIG: JSON.stringify(config) };
  const analyzer = await startAnalyzer([process.execPath, nodeHost, '127.0.0.1:1', pack], { cwd: pack, env });
  try {
    expect(await analyzer.refusals(compliant())).toEqual([expect.objectContaining({ policyName: 'exposure' })]);
  } finally {
    await analyzer.close();
  }
});
