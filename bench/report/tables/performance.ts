import type { Manifest } from '../../record/index.ts';
import type { Summary, TargetSummary } from '../../summary/index.ts';
import { baseAlone } from '../base-alone.ts';
import { counted, duration, estimate, number, perSecond } from '../format.ts';
import { none, type Table } from './table.ts';

/** Table 1: latency and throughput beside the figures of the report that this project goes back to. */
export function performanceTable(summary: Summary, manifest: Manifest): Table {
  const { throughput } = manifest.settings;
  const row = (
    label: string,
    figure: (target: TargetSummary) => string | undefined,
    server = none,
    openfaas = none,
  ) => [label, ...summary.targets.map((target) => figure(target) ?? none), server, openfaas];
  return {
    title: 'Table 1. Latency and throughput',
    caption:
      'Figures with their 95 % intervals. The last two columns are the student report’s, a Flask server and OpenFaaS on ' +
      'Minikube, both through ngrok: another machine, network, program and number of connections, so compare the directions, not the sizes.' +
      baseAlone(summary.targets),
    columns: ['Figure', ...summary.targets.map(({ name }) => name), 'report: Flask server', 'report: OpenFaaS'],
    rows: [
      row('Latency, mean', ({ latency }) => latency && estimate(latency.mean, duration), '592 ms', '571 ms'),
      row('Latency, median', ({ latency }) => latency && estimate(latency.median, duration)),
      row('Latency, 95th percentile', ({ latency }) => latency && estimate(latency.p95, duration)),
      row('Requests timed', ({ latency }) => latency && number(latency.succeeded), '150', '150'),
      row(
        `Successes a second, ${counted(throughput.connections, 'connection')}`,
        (target) => target.throughput && estimate(target.throughput.perSecond, perSecond),
        '1.71/s',
        '1.69/s',
      ),
      row('Seconds measured', (target) => target.throughput && number(target.throughput.seconds), '120', '120'),
      row('Cold start, median', ({ coldStart }) => coldStart && estimate(coldStart.median, duration)),
      row('Cold start, 90th percentile', ({ coldStart }) => coldStart && estimate(coldStart.p90, duration)),
      row('Replicas under load, at most', peakReplicas, '1', '5'),
      row('Requests failed', ({ calmOutcomes }) => failures(calmOutcomes)),
      ...(summary.targets.some((target) => overload(target).attempts > 0)
        ? [row('Requests failed while capacity and burst overload', (target) => failures(overload(target)))]
        : []),
    ],
  };
}

function peakReplicas({ autoscaling }: TargetSummary): string | undefined {
  return autoscaling?.peakReplicas === undefined ? undefined : number(autoscaling.peakReplicas);
}

/** What came of the requests of capacity and burst. */
function overload({ outcomes, calmOutcomes }: TargetSummary): Failures {
  return {
    attempts: outcomes.attempts - calmOutcomes.attempts,
    succeeded: outcomes.succeeded - calmOutcomes.succeeded,
  };
}

type Failures = Pick<TargetSummary['outcomes'], 'attempts' | 'succeeded'>;

function failures({ attempts, succeeded }: Failures): string {
  return `${number(attempts - succeeded)} of ${number(attempts)}`;
}
