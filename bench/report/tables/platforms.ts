import type { Comparison, PartFigures, Summary, TargetSummary } from '../../summary/index.ts';
import { duration, estimate, listed, megabytes, number } from '../format.ts';
import { none, type Table } from './table.ts';

/** What targets need beside the model itself, and what that does to a request; undefined where none has told it. */
export function platformsTable({ targets, comparisons }: Summary): Table | undefined {
  const rows = targets.flatMap((target) => {
    const added = addedParts(target);
    return added.length === 0 ? [] : [row(target, added, comparisons, serverOf(targets))];
  });
  if (rows.length === 0) return undefined;
  return {
    title: 'What each platform adds',
    caption:
      'Parts beside the one that classifies: what they hold while idle, and which of them surely use CPU for a request (by the intervals above), so that they stand in its way or watch it. The latency is beyond the server’s, one request at a time. Until none is left: after the trial of a cold start, from when the platform was asked to have no replica, at the median.',
    columns: ['Target', 'Memory, idle', 'CPU, idle', 'CPU for a request', 'Latency', 'From zero', 'Until none is left'],
    alike: true,
    rows,
  };
}

/** All parts but the busiest in the replicas, which is the model; a hybrid has that twice, in its base and its function. */
function addedParts({ architecture, resources }: TargetSummary): PartFigures[] {
  const parts = resources?.parts ?? [];
  const models = parts
    .filter(({ kind }) => kind === 'replica')
    .sort((a, b) => work(b) - work(a) || b.idleMemoryBytes - a.idleMemoryBytes)
    .slice(0, architecture === 'hybrid' ? 2 : 1);
  return parts.filter((part) => !models.includes(part));
}

const work = ({ cpuSecondsPerRequest }: PartFigures) => cpuSecondsPerRequest?.value ?? 0;

const serverOf = (targets: readonly TargetSummary[]) => targets.find(({ architecture }) => architecture === 'server');

function row(
  { name, coldStart }: TargetSummary,
  added: readonly PartFigures[],
  comparisons: readonly Comparison[],
  server: TargetSummary | undefined,
): string[] {
  const sum = (value: (part: PartFigures) => number | undefined) =>
    added.reduce((total, part) => total + (value(part) ?? 0), 0);
  const working = added.flatMap(({ name, cpuSecondsPerRequest: work }) =>
    work !== undefined && work.low > 0 ? [`${name} ${duration(work.value * 1000)}`] : [],
  );
  return [
    name,
    `${megabytes(sum(({ idleMemoryBytes }) => idleMemoryBytes))} in ${listed(added.map((part) => part.name))}`,
    `${number(sum(({ idleCpus }) => idleCpus) * 100)} % of a core`,
    working.length === 0 ? none : listed(working),
    latencyBeyond(server, name, comparisons),
    coldStart === undefined ? none : estimate(coldStart.median, duration),
    coldStart?.toZero === undefined ? none : estimate(coldStart.toZero, duration),
  ];
}

/** Milliseconds at the median, one request at a time, beyond those of the server. */
function latencyBeyond(server: TargetSummary | undefined, target: string, comparisons: readonly Comparison[]): string {
  if (server === undefined || server.name === target) return none;
  const [found] = comparisons.filter(
    ({ figure, a, b }) => figure === 'median latency' && [a, b].includes(server.name) && [a, b].includes(target),
  );
  if (found === undefined) return none;
  const { value, low, high } = found.difference;
  return estimate(found.a === target ? { value, low, high } : { value: -value, low: -high, high: -low }, duration);
}
