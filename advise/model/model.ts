import {
  coldStarts,
  type FunctionUse,
  functionUseOf,
  latency,
  quantile,
  type RunRecord,
  type Serving,
  samplesOf,
  servingOf,
  succeeded,
  summarise,
  type TargetSummary,
} from '../../bench/index.ts';
import { closedLoop, type Distribution, meanOf } from '../simulate/index.ts';

/** How replicas of one architecture answer, and what they take. Times are in seconds. */
export interface Side {
  /** Of a request alone. */
  service: Distribution;
  /** Requests that a replica answers at once; more wait. */
  concurrency: number;
  /** By how much of its time alone a request takes longer for every other one on its replica. */
  crowding: number;
  start: Distribution;
  serving: Serving;
}

/** All that a simulation takes from a run. */
export interface Model {
  server: Side;
  function: Side;
  /** One request to a cloud's function that does the same work. */
  cloud: FunctionUse;
  timeout: number;
  /** What the run does not hold, what stands in for it, and what would measure it. */
  assumed: string[];
  /** How far the true values may be from the measured ones, as factors: the intervals of the run. */
  doubt: { service: Range; start: Range };
}

export interface Range {
  low: number;
  high: number;
}

/** What stands in for what a run lacks. */
export const defaults = {
  startSeconds: 2,
  /** As the stack's configuration asks for. */
  cpus: 0.5,
  gib: 0.5,
  timeoutSeconds: 30,
} as const;

/**
 * What a run says of a server and of a function. One that was not measured is taken to be like the other.
 *
 * @throws Error that names the scenario to run when no target's latency was measured.
 */
export function modelOf(run: RunRecord): Model {
  const summary = summarise(run);
  const assumed: string[] = [];
  const measured = summary.targets.filter(({ latency, failed }) => latency !== undefined && !failed);
  const [any] = measured;
  if (any === undefined) {
    throw new Error('the run has no target whose latency was measured: faceoff run --scenario latency measures it');
  }
  const find = (architecture: 'server' | 'serverless'): TargetSummary => {
    const found = measured.find((target) => target.architecture === architecture);
    if (found === undefined) {
      assumed.push(
        `No ${architecture} target was measured: it is taken to answer as ${any.name} does. faceoff run measures both.`,
      );
    }
    return found ?? any;
  };
  const server = find('server');
  const functions = find('serverless');
  const starts = startsOf(run, [functions, server], assumed);
  const side = (target: TargetSummary): Side => ({ ...sideOf(run, target, assumed), start: starts });
  const [serverSide, functionSide] = [side(server), side(functions)];
  const cloud = functionUseOf(server) ?? {
    seconds: meanOf(serverSide.service),
    gib: serverSide.serving.replica.gib,
    cpuSeconds: meanOf(serverSide.service),
  };
  return {
    server: serverSide,
    function: functionSide,
    cloud,
    timeout: defaults.timeoutSeconds,
    assumed: [...new Set(assumed)],
    doubt: { service: serviceDoubt(server, functions), start: startDoubt(functions, server) },
  };
}

function sideOf(run: RunRecord, target: TargetSummary, assumed: string[]): Omit<Side, 'start'> {
  const { name, throughput } = target;
  const samples = samplesOf(run, name, 'latency').filter(succeeded);
  const service: Distribution = { kind: 'measured', seconds: samples.map((sample) => latency(sample) / 1000) };
  const mean = meanOf(service);
  const perSecond = throughput && throughput.perSecond.value / (throughput.replicas ?? 1);
  if (perSecond === undefined) {
    assumed.push(
      `The throughput of ${name} was not measured: a replica is taken to answer one request at a time. faceoff run --scenario throughput measures it.`,
    );
  }
  const serving = servingOf(target);
  if (serving === undefined) {
    assumed.push(
      `What ${name} holds and uses was not measured: ${defaults.cpus} vCPU and ${defaults.gib} GiB are taken for a replica, and nothing beside it. faceoff run --scenario latency throughput on local or cluster targets measures it.`,
    );
  }
  return {
    service,
    ...(perSecond === undefined ? { concurrency: 1, crowding: 0 } : companyOf(run, name, service, perSecond * mean)),
    serving: serving ?? {
      fixed: [],
      replica: { cpus: defaults.cpus, gib: defaults.gib },
      perSecond: perSecond ?? 1 / mean,
      leastReplicas: 0,
      followsLoad: true,
    },
  };
}

/** Requests of each closed loop that is tried. */
const triedRequests = 20_000;
const compared = [0.05, 0.25, 0.5, 0.75, 0.95];

/**
 * What becomes of requests that are on one replica at once. Either a few are answered and the rest waits in a line, or
 * all of the throughput scenario's connections are answered together: whichever spreads their latencies more as they
 * were measured. The mean does not tell, since either way the throughput is the measured one.
 *
 * @param work that is done at once when connections never pause, in requests: by Little's law their throughput times
 *   the mean latency of one alone.
 */
function companyOf(run: RunRecord, target: string, service: Distribution, work: number): Company {
  const clients = run.manifest.settings.throughput.connections;
  const measured = samplesOf(run, target, 'throughput')
    .filter(succeeded)
    .map((sample) => latency(sample) / 1000)
    .toSorted((a, b) => a - b);
  const line = Math.min(clients, Math.max(1, Math.ceil(work - tolerance)));
  const [inLine, together] = [line, clients].map((concurrency) => {
    const company = { concurrency, crowding: crowdingOf(concurrency, work) };
    const simulated = closedLoop({ service, ...company, clients }, triedRequests);
    const off = compared.map((at) => Math.log(quantile(simulated, at) / quantile(measured, at)) ** 2);
    return { company, off: off.reduce((sum, each) => sum + each, 0) };
  }) as [Tried, Tried];
  return inLine.off < together.off ? inLine.company : together.company;
}

type Company = Pick<Side, 'concurrency' | 'crowding'>;

interface Tried {
  company: Company;
  off: number;
}

/** Work beyond a whole number of requests that is no more than noise. */
const tolerance = 0.1;

/** The crowding with which so many requests at once do the work of `work` that are alone: each takes longer evenly, from one to all. */
export function crowdingOf(concurrency: number, work: number): number {
  return concurrency === 1 ? 0 : (concurrency / work - 1) / (concurrency - 1);
}

/** From asking for a replica to its being ready: cold starts, without the answer itself. */
function startsOf(run: RunRecord, targets: readonly TargetSummary[], assumed: string[]): Distribution {
  for (const { name, coldStart, latency: warm } of targets) {
    if (coldStart === undefined) continue;
    const answer = warm?.median.value ?? 0;
    const cold = coldStarts(run, name).filter(succeeded);
    return { kind: 'measured', seconds: cold.map((sample) => Math.max(0, latency(sample) - answer) / 1000) };
  }
  assumed.push(
    `No cold start was measured: ${defaults.startSeconds} s are taken. faceoff run --scenario cold-start measures them.`,
  );
  return { kind: 'constant', seconds: defaults.startSeconds };
}

function serviceDoubt(...targets: readonly TargetSummary[]): Range {
  const means = targets.flatMap(({ latency: figures }) => (figures === undefined ? [] : [figures.mean]));
  return {
    low: Math.min(1, ...means.map(({ value, low }) => (Number.isFinite(low) ? low / value : 1))),
    high: Math.max(1, ...means.map(({ value, high }) => (Number.isFinite(high) ? high / value : 1))),
  };
}

function startDoubt(...targets: readonly TargetSummary[]): Range {
  const median = targets.find(({ coldStart }) => coldStart !== undefined)?.coldStart?.median;
  // Nothing was measured: anything from a quarter to four times what is taken.
  if (median === undefined) return { low: 0.25, high: 4 };
  const { value, low, high } = median;
  return {
    low: Number.isFinite(low) ? low / value : 0.5,
    high: Number.isFinite(high) ? high / value : 2,
  };
}
