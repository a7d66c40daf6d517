import type { Manifest } from '../record/index.ts';
import type { Summary, TargetSummary } from '../summary/index.ts';
import { counted, duration, estimate, megabytes, number, perSecond } from './format.ts';

/** A table for either form of the report. The first column names the row. */
export interface Table {
  title: string;
  caption: string;
  columns: string[];
  rows: string[][];
}

const none = '–';

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
      'Minikube, both through ngrok: another machine, network, program and number of connections, so compare the directions, not the sizes.',
    columns: ['', ...summary.targets.map(({ name }) => name), 'report: Flask server', 'report: OpenFaaS'],
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
      row('Replicas under load, at most', peakReplicas, '1', '5'),
      row('Requests failed', ({ outcomes }) => failures(outcomes)),
    ],
  };
}

function peakReplicas({ autoscaling }: TargetSummary): string | undefined {
  return autoscaling?.peakReplicas === undefined ? undefined : number(autoscaling.peakReplicas);
}

function failures({ attempts, succeeded }: TargetSummary['outcomes']): string {
  return `${number(attempts - succeeded)} of ${number(attempts)}`;
}

/** Table 2: the report's six aspects, each with what was measured of it. */
export function aspectsTable(summary: Summary, manifest: Manifest): Table {
  const { rate } = manifest.settings.autoscaling;
  const row = (label: string, cell: (target: TargetSummary) => string[]) => [
    label,
    ...summary.targets.map((target) => cell(target).join('; ') || 'not measured'),
  ];
  return {
    title: 'Table 2. What to expect of each',
    caption: 'The six aspects of the report’s comparison, with the figure that this run measured where there is one.',
    columns: ['', ...summary.targets.map(({ name }) => name)],
    rows: [
      row('Scaling', (target) => scaling(target, rate)),
      row('Latency', latency),
      row('Cost', cost),
      row('Maintenance', maintenance),
      row('Resource intensity', intensity),
      row('Use case', useCase),
    ],
  };
}

function scaling({ autoscaling }: TargetSummary, rate: number): string[] {
  if (autoscaling?.peakReplicas === undefined) return [];
  const { peakReplicas, peakAfterSeconds, backAfterSeconds } = autoscaling;
  if (peakAfterSeconds === undefined) return [`stays at ${counted(peakReplicas, 'replica')} at ${perSecond(rate)}`];
  const back =
    backAfterSeconds === undefined
      ? 'not back before the run ended'
      : `back ${duration(backAfterSeconds * 1000)} after it`;
  return [
    `up to ${number(peakReplicas)} replicas ${duration(peakAfterSeconds * 1000)} into a load of ${perSecond(rate)}, ${back}`,
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

function maintenance({ idle, architecture }: TargetSummary): string[] {
  if (idle === undefined) return [];
  const parts = architecture === 'serverless' ? ': the gateway, and a replica' : '';
  return [`${counted(idle.processes, 'process', 'processes')} to keep running with one replica${parts}`];
}

function intensity({ throughput, resources }: TargetSummary): string[] {
  if (throughput === undefined || resources?.cpuSecondsPerRequest === undefined) return [];
  return [
    `${duration(resources.cpuSecondsPerRequest * 1000)} of CPU for each request at ${perSecond(throughput.perSecond.value)}`,
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

/** What each target took the photos for before anything was measured. */
export function answersTable(summary: Summary): Table {
  const photos = [...new Set(summary.targets.flatMap(({ answers }) => answers.map(({ photo }) => photo)))];
  const cell = ({ answers }: TargetSummary, photo: string): string => {
    const answer = answers.find((each) => each.photo === photo);
    if (answer === undefined) return none;
    if (answer.label !== undefined) return `${answer.label} (${number((answer.probability ?? 0) * 100)} %)`;
    return answer.error ?? `status ${answer.status ?? none}`;
  };
  return {
    title: 'What the targets saw',
    caption: 'The first label for each photo sent, before anything was measured: the same answers mean the same work.',
    columns: ['Photo', ...summary.targets.map(({ name }) => name)],
    rows: photos.map((photo) => [photo, ...summary.targets.map((target) => cell(target, photo))]),
  };
}
