import { describeArrivals } from '../../load/index.ts';
import { loadOf, type Manifest } from '../../record/index.ts';
import type { Summary, TargetSummary } from '../../summary/index.ts';
import { counted, duration, listed, megabytes, number, perSecond } from '../format.ts';
import type { Table } from './table.ts';

/** Table 2: the report's six aspects, each with what was measured of it. */
export function aspectsTable(summary: Summary, manifest: Manifest): Table {
  const { autoscaling } = manifest.settings;
  const load =
    autoscaling.arrivals === undefined ? perSecond(autoscaling.rate) : describeArrivals(loadOf(manifest.settings));
  const row = (label: string, cell: (target: TargetSummary) => string[]) => [
    label,
    ...summary.targets.map((target) => cell(target).join('; ') || 'not measured'),
  ];
  return {
    title: 'Table 2. What to expect of each',
    caption: 'The six aspects of the report’s comparison, with the figure that this run measured where there is one.',
    columns: ['Aspect', ...summary.targets.map(({ name }) => name)],
    rows: [
      row('Scaling', (target) => scaling(target, load)),
      row('Latency', latency),
      row('Cost', cost),
      row('Maintenance', maintenance),
      row('Resource intensity', intensity),
      row('Use case', useCase),
    ],
  };
}

function scaling({ autoscaling }: TargetSummary, load: string): string[] {
  if (autoscaling?.peakReplicas === undefined) return [];
  const { peakReplicas, peakAfterSeconds, backAfterSeconds } = autoscaling;
  if (peakAfterSeconds === undefined) return [`stays at ${counted(peakReplicas, 'replica')} at ${load}`];
  const back =
    backAfterSeconds === undefined
      ? 'not back before the run ended'
      : `back ${duration(backAfterSeconds * 1000)} after it`;
  return [
    `up to ${number(peakReplicas)} replicas ${duration(peakAfterSeconds * 1000)} into a load of ${load}, ${back}`,
  ];
}

function latency({ latency, autoscaling, coldStart }: TargetSummary): string[] {
  return [
    ...(latency === undefined ? [] : [`${duration(latency.median.value)} at the median`]),
    ...(autoscaling?.latency === undefined ? [] : [`p95 ${duration(autoscaling.latency.p95.value)} while load comes`]),
    ...(coldStart === undefined ? [] : [`${duration(coldStart.median.value)} from zero`]),
  ];
}

function cost({ idle, atZero }: TargetSummary): string[] {
  return [
    ...(idle === undefined ? [] : [`holds ${megabytes(idle.memoryBytes)} while idle with one replica`]),
    ...(atZero === undefined ? [] : [`${megabytes(atZero.memoryBytes)} at zero`]),
  ];
}

function maintenance({ idle, resources }: TargetSummary): string[] {
  if (idle === undefined) return [];
  const parts = resources?.parts.filter(({ processes }) => processes > 0).map(({ name }) => name) ?? [];
  const named = parts.length > 1 ? `: ${listed(parts)}` : '';
  return [`${counted(idle.processes, 'process', 'processes')} to keep running with one replica${named}`];
}

function intensity({ throughput, resources }: TargetSummary): string[] {
  if (throughput === undefined || resources?.cpuSecondsPerRequest === undefined) return [];
  return [
    `${duration(resources.cpuSecondsPerRequest.value * 1000)} of CPU for each request at ${perSecond(throughput.perSecond.value)}`,
  ];
}

function useCase({ architecture, throughput, coldStart }: TargetSummary): string[] {
  const from = throughput?.replicas === undefined ? '' : ` from ${counted(throughput.replicas, 'replica')}`;
  const upTo = throughput === undefined ? '' : ` up to ${perSecond(throughput.perSecond.value)}${from}`;
  const wait =
    coldStart === undefined ? '' : ` where ${duration(coldStart.median.value)} for the first answer is acceptable`;
  return {
    server: [`steady traffic${upTo}`],
    serverless: [`traffic with long pauses${wait}`],
    hybrid: ['steady traffic with bursts'],
    unknown: throughput === undefined ? [] : [`traffic${upTo}`],
  }[architecture];
}
