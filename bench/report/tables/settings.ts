import { describeArrivals } from '../../load/index.ts';
import { formatObjective } from '../../objective/index.ts';
import { type Deployment, loadOf, type Manifest } from '../../record/index.ts';
import type { Summary } from '../../summary/index.ts';
import { counted, duration, number, percent, perSecond } from '../format.ts';
import type { Table } from './table.ts';

/** Where the client ran: its machine is the one that run.json describes. */
const where = {
  local: 'the client shares it with local targets',
  host: 'the client ran on it, beside the cluster or away from it',
  job: 'the client ran on it, in a pod of the cluster',
};

/** Where, with what and how the figures were made. */
export function settingsTable(manifest: Manifest, summary: Summary): Table {
  const { host, settings, deployment } = manifest;
  const served = new Set(
    summary.targets.flatMap(({ answers }) =>
      answers.flatMap(({ model, backend, weights }) =>
        model === undefined ? [] : [`${model} on ${backend ?? 'an unnamed backend'}, ${weights ?? 'unnamed'} weights`],
      ),
    ),
  );
  return {
    title: 'How it was measured',
    caption: 'Targets are measured in turn, in blocks whose order is random within each round. Warm-up is thrown away.',
    columns: ['Setting', 'Value'],
    rows: [
      ['Run', `${manifest.name}, profile ${manifest.profile}, seed ${manifest.seed}, ${manifest.status}`],
      ['Started', manifest.started],
      ...manifest.targets.map(({ name, platform, url }) => [`Target ${name}`, `${url} (${platform})`]),
      ...(deployment === undefined ? [] : deploymentRows(deployment)),
      ['Model', [...served].join('; ') || 'not said by the targets'],
      ['Photos', describePhotos(manifest.photos)],
      [
        'Latency',
        `${settings.latency.requests} requests to each target in ${settings.latency.blocks} blocks, after ${settings.latency.warmup} of warm-up in each`,
      ],
      [
        'Throughput',
        `${settings.throughput.seconds} s for each target in ${settings.throughput.blocks} blocks, ${settings.throughput.connections} connections`,
      ],
      ['Cold start', `${settings['cold-start'].trials} trials for each target that can go to zero`],
      [
        'Autoscaling',
        `${describeArrivals(loadOf(settings))}, open loop, then none for ${settings.autoscaling.quietSeconds} s`,
      ],
      ...overloadRows(settings),
      ...baseBurstRow(settings, summary.targets.find(({ baseBurst }) => baseBurst)?.baseBurst?.perSecond),
      ...(summary.lateness.length === 0 ? [] : [['Open loop', describeLatenesses(summary.lateness)]]),
      ['Client', summary.client.map(describeClient).join('; ') || 'not recorded'],
      [
        'Machine',
        `${host.cpu}, ${counted(host.cores, 'core')}, ${number(host.memoryBytes / 2 ** 30)} GiB; ${host.os}; ${where[deployment?.client ?? 'local']}`,
      ],
      ['Versions', `Faceoff ${host.faceoff}${host.commit === undefined ? '' : ` (${host.commit})`}, Node ${host.node}`],
    ],
  };
}

/** So many are named; run.json has them all. */
const namedPhotos = 20;

function describePhotos(photos: Manifest['photos']): string {
  const named = photos.slice(0, namedPhotos).map(({ name, bytes }) => `${name} (${number(bytes / 1000)} kB)`);
  const more = photos.length - named.length;
  return [...named, ...(more > 0 ? [`${number(more)} more`] : [])].join(', ');
}

function overloadRows({ objective, capacity, burst }: Manifest['settings']): string[][] {
  return [
    ...(objective === undefined ? [] : [['Objective', formatObjective(objective)]]),
    ...(capacity === undefined
      ? []
      : [
          [
            'Capacity',
            `rates ${number(capacity.resolution * 100)} % apart, ${capacity.requests} or more requests a probe, random arrivals; ${capacity.confirmations} probes confirm; one replica, no autoscaling`,
          ],
        ]),
    ...(burst === undefined
      ? []
      : [
          [
            'Burst',
            `${counted(burst.trials, 'burst')} from each start, ${number(burst.factor)} times ${burst.rate} requests a second for ${burst.seconds} s, random arrivals, after ${burst.idleSeconds} s without load; windows of ${burst.windowSeconds} s`,
          ],
        ]),
  ];
}

/** The rate is of the run: `measured` is not known before it. */
function baseBurstRow(settings: Manifest['settings'], rate: number | undefined): string[][] {
  const shape = settings['base-burst'];
  if (shape === undefined || rate === undefined) return [];
  const { factor, beforeSeconds, burstSeconds, afterSeconds, trials } = shape;
  return [
    [
      'Burst on a base',
      `${perSecond(rate)} for ${beforeSeconds} s, ${number(factor)} times as many for ${burstSeconds} s, and ${afterSeconds} s more; random arrivals, ${counted(trials, 'trial')}`,
    ],
  ];
}

function describeClient({ scenario, ...load }: Summary['client'][number]): string {
  const { cpuShare, loopShare, loopDelayP99Ms, machineShare, stolenShare, throttledShare } = load;
  const parts = [
    `${percent(cpuShare)} of a core`,
    ...(loopShare === undefined ? [] : [`event loop busy ${percent(loopShare)} of the time`]),
    `${duration(loopDelayP99Ms)} late at the 99th percentile`,
    ...(machineShare === undefined ? [] : [`whole machine ${percent(machineShare)} busy`]),
    ...(stolenShare ? [`${percent(stolenShare)} taken by other virtual machines`] : []),
    ...(throttledShare ? [`held back by its CPU limit ${percent(throttledShare)} of the time`] : []),
  ];
  return `${scenario}: ${parts.join(', ')}`;
}

function describeLatenesses(lateness: Summary['lateness']): string {
  const loads = [...new Set(lateness.map(({ scenario, target }) => `${scenario}: sent to ${target}`))];
  const told = loads.map((load) => {
    const own = lateness.filter(({ scenario, target }) => `${scenario}: sent to ${target}` === load);
    return `${load} ${own.map(({ p99Ms }) => duration(p99Ms)).join(', ')} late`;
  });
  return `${told.join('; ')}, at the 99th percentile of each load`;
}

function deploymentRows({ cluster, targets }: Deployment): string[][] {
  const nodes = cluster.nodes.map(
    ({ name, cpu, memory, os, runtime }) => `${name} (${cpu} CPU, ${memory} memory, ${os}, ${runtime})`,
  );
  return [
    ...targets.map(({ name, image, imageDigest, cpu, memory, chart }) => [
      `Deployment of ${name}`,
      [
        imageDigest === undefined ? image : `${image} (${imageDigest})`,
        `limits of a replica: ${cpu ?? 'no'} CPU, ${memory ?? 'no'} memory`,
        ...(chart === undefined ? [] : [`chart ${chart}`]),
      ].join('; '),
    ]),
    ['Cluster', `Kubernetes ${cluster.version}; ${counted(nodes.length, 'node')}: ${nodes.join(', ')}`],
  ];
}
