import type { Prices } from './prices.ts';

/** What is kept for something all the time. */
export interface Need {
  cpus: number;
  /** GiB of memory. */
  gib: number;
}

/** A part that is there however many replicas there are. It needs more than is kept for it when its own work does. */
export interface FixedPart extends Need {
  idleCpus: number;
  cpuSecondsPerRequest: number;
}

/** What the cost of an architecture follows from. */
export interface Serving {
  fixed: readonly FixedPart[];
  replica: Need;
  /** Requests a second that one replica answers at most. */
  perSecond: number;
  /** Replicas that stay without requests; 0 goes to zero. */
  leastReplicas: number;
  /** Whether replicas come and go with the load; else there are enough for its peak, always. */
  followsLoad: boolean;
}

/** What the cost of a cloud's functions follows from, for one request. */
export interface FunctionUse {
  /** How long the function runs. */
  seconds: number;
  /** GiB held while it runs. */
  gib: number;
  cpuSeconds: number;
}

/** Rounding must not make a replica of it. */
const tolerance = 1e-9;

/** Requests a second that all replicas together must be able to answer, for a mean rate. */
function plannedRate({ followsLoad }: Serving, rate: number, { assumptions }: Prices): number {
  return (rate * (followsLoad ? 1 : assumptions.peakOverMean)) / assumptions.utilisation;
}

/** Replicas at a mean rate of requests a second, as their mean over time: fewer than one where it goes to zero. */
export function replicasAt(serving: Serving, rate: number, prices: Prices): number {
  const { assumptions } = prices;
  const needed = Math.ceil(plannedRate(serving, rate, prices) / serving.perSecond - tolerance);
  if (serving.leastReplicas > 0) return Math.max(serving.leastReplicas, needed);
  if (rate === 0) return 0;
  // With arrivals by chance, the share of time in which the last request is not longer ago than that.
  const up = -Math.expm1(-rate * assumptions.idleSeconds);
  return Math.max(1, needed) * up;
}

/** How far beside a throughput at which a replica goes lies one at which it is still there; more than the tolerance. */
const beside = 1e-8;

/**
 * Throughputs of a replica, between two others, at and beside which the cost at a rate may be least or greatest: where
 * one replica fewer will do. From one such to the next, cost goes up with throughput, as a replica that answers more
 * uses more. At them, with k replicas, it is k times a constant and another constant; just beside, with k + 1 of them,
 * it is convex in k. So those at the ends are enough; and that of the fewest replicas deployed, below which none goes.
 */
export function stepsBetween(
  serving: Serving,
  { low, high }: { low: number; high: number },
  rate: number,
  prices: Prices,
): number[] {
  const planned = plannedRate(serving, rate, prices);
  return [Math.ceil(planned / high), serving.leastReplicas, Math.floor(planned / low)]
    .flatMap((replicas) => [planned / replicas, (planned / replicas) * (1 - beside)])
    .filter((perSecond) => perSecond >= low && perSecond <= high);
}

/** Money a month at a mean rate of requests a second, on machines paid for by what is kept. */
export function monthlyOnMachines(serving: Serving, rate: number, prices: Prices): number {
  const replicas = replicasAt(serving, rate, prices);
  return hourlyOnMachines(serving, { rate, replicas }, prices) * prices.assumptions.hoursPerMonth;
}

/** Money an hour, with so many replicas as a mean over its time. */
export function hourlyOnMachines(
  serving: Serving,
  { rate, replicas }: { rate: number; replicas: number },
  prices: Prices,
): number {
  const fixed = serving.fixed.map(({ cpus, gib, idleCpus, cpuSecondsPerRequest }) =>
    hourly({ cpus: Math.max(cpus, idleCpus + cpuSecondsPerRequest * rate), gib }, prices),
  );
  return fixed.reduce((sum, part) => sum + part, 0) + replicas * hourly(serving.replica, prices);
}

function hourly({ cpus, gib }: Need, { machine }: Prices): number {
  return cpus * machine.vcpuHour + gib * machine.gibHour;
}

/** GiB that a cloud's function is given, in whole MiB: enough to hold what it holds, and for the CPU that keeps its pace. */
export function functionGib({ seconds, gib, cpuSeconds }: FunctionUse, { functions }: Prices): number {
  const wanted = Math.max(functions.leastGib, gib, (functions.gibPerVcpu * cpuSeconds) / seconds);
  return Math.ceil(wanted * 1024 - tolerance) / 1024;
}

/** Money a month at a mean rate of requests a second, on a cloud's functions. Cold starts are not counted. */
export function monthlyOnFunctions(use: FunctionUse, rate: number, prices: Prices): number {
  const { gibSecond, millionRequests } = prices.functions;
  const request = functionGib(use, prices) * use.seconds * gibSecond + millionRequests / 1e6;
  return request * requestsPerMonth(rate, prices);
}

export function requestsPerMonth(rate: number, { assumptions }: Prices): number {
  return rate * 3600 * assumptions.hoursPerMonth;
}
