import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseObjective } from '../../bench/index.ts';
import { ConfigFault, checkConfig } from '../../infra/config/index.ts';
import type { TargetDescription } from '../../infra/kubernetes/target/index.ts';
import { EngineDouble } from '../../infra/kubernetes/test-double/engine.ts';
import { makeStack } from './made-stack.ts';

const architectures = ['server', 'serverless'] as const;
const scenarios = ['latency', 'throughput', 'capacity', 'cold-start', 'autoscaling', 'burst', 'base-burst'];
const count = fc.integer({ min: 1, max: 20 });
const more = fc.integer({ min: 0, max: 20 });

/** Whatever a user may decide, apart from how an image and public URLs are had. */
const decisions = fc.record({
  made: fc.subarray([...architectures], { minLength: 1 }),
  namespace: fc.stringMatching(/^[a-z]([a-z0-9-]{0,12}[a-z0-9])?$/),
  cpu: fc.integer({ min: 1, max: 64_000 }).map((milli) => `${milli}m`),
  memory: fc.integer({ min: 1, max: 65_536 }).map((size) => `${size}Mi`),
  env: fc.dictionary(fc.stringMatching(/^[A-Z]{1,8}_[0-9]$/), fc.string(), { maxKeys: 3 }),
  server: fc.record({ least: count, more }),
  serverless: fc.record({ least: count, more, factor: fc.integer({ min: 0, max: 100 }) }),
  benchmark: fc.record({
    enabled: fc.boolean(),
    from: fc.constantFrom('host', 'job'),
    scenarios: fc.subarray(scenarios),
    rate: fc.integer({ min: 1, max: 10_000 }),
  }),
});
type Decisions = typeof decisions extends fc.Arbitrary<infer T> ? T : never;

/** Percents and times, some of which make no sense. */
const numeral = fc.stringMatching(/^\d{1,4}(\.\d{1,3})?$/);

test('an objective is allowed when the benchmark can read it, and only then', () => {
  const written = fc
    .tuple(numeral, numeral, fc.constantFrom('ms', 's'), fc.option(numeral))
    .map(
      ([percentile, limit, unit, errors]) =>
        `p${percentile} < ${limit}${unit}${errors === null ? '' : `, errors < ${errors}%`}`,
    );
  fc.assert(
    fc.property(written, (objective) => {
      const told = outcome(() =>
        checkConfig({ 'faceoff:architectures': '["server"]', 'benchmark:objective': objective }),
      );
      expect(told).toBe(outcome(() => parseObjective(objective)));
    }),
  );
});

function outcome(reads: () => unknown): 'taken' | 'refused' {
  try {
    reads();
    return 'taken';
  } catch {
    return 'refused';
  }
}

const asConfig = ({ made, namespace, cpu, memory, env, server, serverless, benchmark }: Decisions) => ({
  'faceoff:architectures': made,
  'faceoff:namespace': namespace,
  'image:name': 'faceoff/classifier:1',
  'exposure:host': '127.0.0.1',
  'classifier:cpu': cpu,
  'classifier:memory': memory,
  'classifier:env': env,
  'server:replicas': server.least,
  'server:maxReplicas': server.least + server.more,
  'serverless:minReplicas': serverless.least,
  'serverless:maxReplicas': serverless.least + serverless.more,
  'serverless:scaleFactor': serverless.factor,
  'benchmark:enabled': benchmark.enabled,
  'benchmark:from': benchmark.from,
  'benchmark:scenarios': benchmark.scenarios,
  'benchmark:rate': benchmark.rate,
});

function expectServer(engine: EngineDouble, { namespace, server, cpu, memory, env }: Decisions): void {
  const { metadata, spec } = engine.inputs(':Deployment', 'server');
  const scaled = server.more > 0;
  expect(metadata.namespace).toBe(namespace);
  expect(spec.replicas).toBe(scaled ? undefined : server.least);
  const range = { minReplicas: server.least, maxReplicas: server.least + server.more };
  const autoscalers = engine.all(':HorizontalPodAutoscaler').map(({ inputs }) => inputs['spec']);
  expect(autoscalers).toEqual(scaled ? [expect.objectContaining(range)] : []);
  const [container] = spec.template.spec.containers;
  expect(container.resources).toEqual({ requests: { cpu, memory }, limits: { cpu, memory } });
  expect(new Map(container.env.map(({ name, value }: Record<string, string>) => [name, value]))).toEqual(
    new Map(Object.entries({ ...env, OFFLINE: '1' })),
  );
}

function expectFunction(engine: EngineDouble, { serverless, cpu, memory, env }: Decisions): void {
  expect(engine.inputs('/faceoff:OpenFaasFunction', 'function').function).toMatchObject({
    image: 'faceoff/classifier:1',
    limits: { cpu, memory },
    requests: { cpu, memory },
    envVars: { ...env, OFFLINE: '1' },
    labels: {
      'com.openfaas.scale.min': String(serverless.least),
      'com.openfaas.scale.max': String(serverless.least + serverless.more),
      'com.openfaas.scale.factor': String(serverless.factor),
    },
  });
}

function expectBenchmark(engine: EngineDouble, { benchmark, made }: Decisions): void {
  const runs = engine.all('/faceoff:Benchmark').map(({ inputs }) => inputs);
  const inputs = { scenarios: benchmark.scenarios, autoscaling: expect.objectContaining({ rate: benchmark.rate }) };
  expect(runs).toEqual(benchmark.enabled ? [expect.objectContaining(inputs)] : []);
  for (const { targets } of runs) expect((targets as TargetDescription[]).map(({ name }) => name)).toEqual(made);
  // A later run needs it too.
  expect(engine.inputs(':Namespace', 'faceoff-benchmark') !== undefined).toBe(benchmark.from === 'job');
}

test('whatever is allowed, both architectures get what was decided, and only those that were asked for', async () => {
  await fc.assert(
    fc.asyncProperty(decisions, async (decided) => {
      const { engine, outputs } = await makeStack('dev', asConfig(decided));
      expect((outputs['targets'] as TargetDescription[]).map(({ architecture }) => architecture)).toEqual(decided.made);
      if (decided.made.includes('server')) expectServer(engine, decided);
      else expect(engine.all(':Deployment')).toEqual([]);
      if (decided.made.includes('serverless')) expectFunction(engine, decided);
      else expect(engine.all(':Release')).toEqual([]);
      expectBenchmark(engine, decided);
    }),
    { numRuns: 15 },
  );
}, 180_000);

/** A key with a value that is not allowed. */
const fault = fc.oneof(
  fc.tuple(fc.constantFrom('server:replicas', 'serverless:minReplicas', 'benchmark:rate'), fc.integer({ max: 0 })),
  fc.tuple(
    fc.constantFrom('image:delivery', 'benchmark:profile', 'exposure:service'),
    fc.stringMatching(/^[A-Z]{3,9}$/),
  ),
  fc.tuple(fc.constantFrom('classifier:cpu', 'classifier:memory'), fc.stringMatching(/^-[0-9]{1,3}$/)),
  fc.tuple(fc.constantFrom('classifier:env', 'openfaas:values'), fc.array(fc.integer())),
  fc.tuple(fc.constant('faceoff:architectures'), fc.constantFrom(['both'], [], ['server', 'server'], 'server')),
  fc.tuple(fc.stringMatching(/^server:[a-z]{12,20}$/), fc.string()),
);

test('whatever is wrong, it is told by name, all of it, and nothing is made', async () => {
  const faults = fc.uniqueArray(fault, { minLength: 1, maxLength: 4, selector: ([key]) => key });
  await fc.assert(
    fc.asyncProperty(decisions, faults, async (decided, wrong) => {
      const engine = await EngineDouble.start();
      const config = { ...asConfig(decided), ...Object.fromEntries(wrong) };
      const thrown = await makeStack('dev', config, [], engine).catch((error: unknown) => error);
      await engine.done();
      expect(thrown).toBeInstanceOf(ConfigFault);
      const told = (thrown as ConfigFault).faults.map((each) => /^\w+:\w+/.exec(each)?.[0]);
      expect(told.toSorted()).toEqual(wrong.map(([key]) => key).toSorted());
      expect(engine.resources).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
