import { functionGib, hourlyOnMachines, type Objective, type Prices, type Serving } from '../../bench/index.ts';
import type { Model } from '../model/index.ts';
import type { Change, Outcome, Simulators, SystemUse } from '../simulate/index.ts';
import { requestsOf, secondsOf, type Traffic } from '../traffic/index.ts';
import type { Candidate } from './candidate.ts';

/** What is paid for: on machines as means, of a cloud's functions a month. */
export interface Take {
  vcpus: number;
  gib: number;
  gibSeconds: number;
  calls: number;
}

/** A candidate, and what became of the traffic with it. Times are in milliseconds. */
export interface Result extends Candidate {
  take: Take;
  /** The shares of requests answered within each of `limitsMs`. */
  shares: number[];
  /** The share within the objective's limit, exactly. */
  good: number;
  failed: number;
  mean: number;
  p50: number;
  p95: number;
  p99: number;
  meanReplicas: number;
  peakReplicas: number;
  coldStarts: number;
  changes: Change[];
  p95OverTime: number[];
}

/** Limits that an answer can be judged by afterwards, in milliseconds: a tenth apart. */
export const limitsMs: readonly number[] = Array.from({ length: 80 }, (_, step) =>
  Number((5 * 1.1 ** step).toPrecision(3)),
);

export interface Given {
  model: Model;
  objective: Objective;
  prices: Prices;
  seed: number;
  simulators: Simulators;
}

/** Simulates all candidates on the same requests; `onProgress` is told requests times candidates. */
export async function evaluate(
  traffic: Traffic,
  candidates: readonly Candidate[],
  given: Given,
  onProgress?: (requests: number) => void,
): Promise<Result[]> {
  const { objective, seed, simulators } = given;
  const options = { seed, limit: objective.latencyMs / 1000, ...(onProgress === undefined ? {} : { onProgress }) };
  const outcomes = await simulators.simulate(
    traffic,
    candidates.map(({ system }) => system),
    options,
  );
  const rate = requestsOf(traffic) / secondsOf(traffic);
  return outcomes.flatMap((outcome, index) => {
    const candidate = candidates[index];
    return candidate === undefined ? [] : [resultOf(candidate, outcome, rate, given)];
  });
}

function resultOf(candidate: Candidate, { recorder, use, seconds }: Outcome, rate: number, given: Given): Result {
  const { attempts, good, failed } = recorder;
  const all = groups(use);
  const ms = (share: number): number => recorder.quantile(share) * 1000;
  return {
    ...candidate,
    take: takeOf(candidate, use, { seconds, rate }, given),
    shares: recorder.shareWithin(limitsMs.map((limit) => limit / 1000)),
    good: good / attempts,
    failed: failed / attempts,
    mean: recorder.mean * 1000,
    p50: ms(0.5),
    p95: ms(0.95),
    p99: ms(0.99),
    meanReplicas: all.reduce((sum, group) => sum + group.replicaSeconds, 0) / seconds,
    peakReplicas: all.reduce((sum, group) => sum + group.peakReplicas, 0),
    coldStarts: (use.replicas?.starts ?? 0) + (use.over?.use.replicas?.starts ?? 0) + (instancesOf(use)?.starts ?? 0),
    changes: (use.over?.use.replicas ?? use.replicas ?? instancesOf(use))?.changes ?? [],
    p95OverTime: recorder.p95OverTime().map((each) => each * 1000),
  };
}

const groups = ({ replicas, over }: SystemUse) => [replicas, over?.use.replicas].filter((group) => group !== undefined);
const instancesOf = ({ instances, over }: SystemUse) => instances ?? over?.use.instances;

/** Prices by which money is an amount of one of what is paid for. */
const counting = (prices: Prices, vcpuHour: number, gibHour: number): Prices => ({
  ...prices,
  machine: { ...prices.machine, vcpuHour, gibHour },
});

function takeOf(
  { system, family }: Candidate,
  use: SystemUse,
  { seconds, rate }: { seconds: number; rate: number },
  { model, prices }: Given,
): Take {
  const onServer = family === 'server' || family === 'hpa';
  const overRate = (use.over?.requests ?? 0) / seconds;
  const machines: { serving: Serving; rate: number; replicas: number }[] = [];
  if (use.replicas !== undefined) {
    const { serving } = onServer || system.kind === 'overflow' ? model.server : model.function;
    machines.push({ serving, rate: rate - overRate, replicas: use.replicas.replicaSeconds / seconds });
  }
  if (use.over?.use.replicas !== undefined) {
    const { serving } = model.function;
    machines.push({ serving, rate: overRate, replicas: use.over.use.replicas.replicaSeconds / seconds });
  }
  const amount = (vcpu: number, gib: number): number =>
    machines.reduce((sum, { serving, ...at }) => sum + hourlyOnMachines(serving, at, counting(prices, vcpu, gib)), 0);
  const instances = instancesOf(use);
  const months = seconds / 3600 / prices.assumptions.hoursPerMonth;
  return {
    vcpus: amount(1, 0),
    gib: amount(0, 1),
    gibSeconds: ((instances?.billedSeconds ?? 0) * functionGib(model.cloud, prices)) / months,
    calls: (instances?.calls ?? 0) / months,
  };
}

/** Money a month. */
export function monthly({ vcpus, gib, gibSeconds, calls }: Take, { machine, functions, assumptions }: Prices): number {
  const machines = (vcpus * machine.vcpuHour + gib * machine.gibHour) * assumptions.hoursPerMonth;
  return machines + gibSeconds * functions.gibSecond + (calls / 1e6) * functions.millionRequests;
}

/** Whether the objective is held, by the exact count for the limit that was simulated with, else by the next lower of `limitsMs`. */
export function holds({ good, failed, shares }: Result, objective: Objective, simulated: Objective): boolean {
  const index = limitsMs.findLastIndex((limit) => limit <= objective.latencyMs);
  const within = objective.latencyMs === simulated.latencyMs ? good : (shares[index] ?? 0);
  return within >= objective.quantile && failed < objective.errorShare;
}
