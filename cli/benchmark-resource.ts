/** What `pulumi up` runs for its resource Benchmark. */
import { relative, sep } from 'node:path';
import { z } from 'zod';
import type { Step } from '../bench/index.ts';
import { serveProvider, targetDescriptionSchema } from '../infra/kubernetes/plain.ts';
import { measureKubernetes } from './kubernetes-run.ts';
import type { Measured } from './measure.ts';

const inputs = z.object({
  name: z.string(),
  cluster: z.object({ kubeconfig: z.string().optional(), context: z.string().optional() }),
  targets: z.array(targetDescriptionSchema),
  imageDigest: z.string(),
  benchmark: z.object({
    profile: z.enum(['quick', 'paper']),
    scenarios: z.array(z.string()),
    seed: z.number(),
    photos: z.string().optional(),
    results: z.string(),
    token: z.string(),
    rate: z.number(),
    loadSeconds: z.number(),
    quietSeconds: z.number(),
  }),
});
type Inputs = z.infer<typeof inputs>;

interface Context {
  signal: AbortSignal;
  progress(line: string): void;
}

async function run({ benchmark, ...given }: Inputs, { signal, progress }: Context) {
  const { rate, loadSeconds: seconds, quietSeconds, ...rest } = benchmark;
  const autoscaling = { rate, seconds, quietSeconds };
  const measured = await measureKubernetes({ ...given, ...rest, autoscaling, signal }, (steps) =>
    showLines(steps, progress),
  );
  const report = relative('.', measured.page).split(sep).join('/');
  const why = fault(measured);
  // The update fails, so it cannot keep outputs; the message has the way to what was measured.
  if (why !== undefined) throw new Error(`the benchmark failed: ${why}. What was measured is in ${report}`);
  progress(measured.verdict.sentence);
  return { report, summary: { verdict: measured.verdict.sentence, targets: figures(measured) } };
}

function fault({ status, error, summary }: Measured): string | undefined {
  if (error !== undefined) return error;
  if (status !== 'complete') return 'it was stopped';
  const failed = summary.targets.filter((target) => target.failed).map(({ name }) => name);
  return failed.length === 0 ? undefined : `${failed.join(' and ')} failed more than it may`;
}

async function showLines(steps: readonly Step[], progress: (line: string) => void): Promise<void> {
  for (const { title, run } of steps) {
    progress(title);
    let told = '';
    await run((text) => {
      if (text !== told) progress(`  ${text}`);
      told = text;
    });
  }
}

function figures({ summary }: Measured) {
  return Object.fromEntries(
    summary.targets.map(({ name, latency, throughput, coldStart, autoscaling, outcomes }) => [
      name,
      {
        ...(latency && { latencyMs: latency.median.value }),
        ...(throughput && { successesPerSecond: throughput.perSecond.value }),
        ...(coldStart && { coldStartMs: coldStart.median.value }),
        ...(autoscaling?.peakReplicas !== undefined && { mostReplicas: autoscaling.peakReplicas }),
        sent: outcomes.attempts,
        failed: outcomes.attempts - outcomes.succeeded,
      },
    ]),
  );
}

await serveProvider({
  inputs,
  create: async (given, context) => ({ id: given.name, outs: await run(given, context) }),
  update: (_id, _state, given, context) => run(given, context),
});
