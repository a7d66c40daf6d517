import type { Estimate } from '../../stats/index.ts';
import type { PartFigures, Summary } from '../../summary/index.ts';
import { counted, duration, estimate, megabytes, number } from '../format.ts';
import { none, type Table } from './table.ts';

/** What each part of each target holds and uses; undefined when no target could tell. */
export function resourcesTable({ targets }: Summary): Table | undefined {
  const told = targets.flatMap(({ name, resources }) => (resources === undefined ? [] : [{ name, ...resources }]));
  if (told.length === 0) return undefined;
  const seconds = [...new Set(told.map(({ idleSeconds }) => number(idleSeconds)))].join(' or ');
  return {
    title: 'Resources, part by part',
    caption: `Idle figures are of ${seconds} s without requests, as deployed. CPU for each request is what the throughput scenario used beyond that, over all its answers, those of the warm-up included, with an interval over its blocks and from what is not known of the idle use. Memory is the proportional set size of local processes, the working set of containers; under load with the least and the most that was held after a block.`,
    columns: ['Part', 'CPU, idle', 'Memory, idle', 'Memory, loaded', 'CPU for a request', 'Reserved'],
    alike: true,
    rows: told.flatMap(({ name, parts, cpuSecondsPerRequest }) => [
      ...parts.map((part) => partRow(name, part)),
      ...(parts.length > 1 ? [sumRow(name, parts, cpuSecondsPerRequest)] : []),
    ]),
  };
}

function partRow(target: string, part: PartFigures): string[] {
  const { name, processes, idleCpus, idleMemoryBytes, loaded, cpuSecondsPerRequest, reserved } = part;
  return [
    `${target}: ${name}${processes === 1 ? '' : ` (${counted(processes, 'process', 'processes')})`}`,
    idleCpus === undefined ? none : cores(idleCpus),
    megabytes(idleMemoryBytes),
    loaded === undefined ? none : estimate(loaded.memoryBytes, megabytes),
    cpuSecondsPerRequest === undefined ? none : cpuTime(cpuSecondsPerRequest),
    reserved === undefined ? none : `${cores(reserved.cpus)}, ${megabytes(reserved.memoryBytes)}`,
  ];
}

function sumRow(target: string, parts: readonly PartFigures[], cpuSecondsPerRequest: Estimate | undefined): string[] {
  const sum = (values: (number | undefined)[]): number =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  return [
    `${target}: all parts`,
    cores(sum(parts.map(({ idleCpus }) => idleCpus))),
    megabytes(sum(parts.map(({ idleMemoryBytes }) => idleMemoryBytes))),
    megabytes(sum(parts.map(({ loaded }) => loaded?.memoryBytes.value))),
    cpuSecondsPerRequest === undefined ? none : cpuTime(cpuSecondsPerRequest),
    none,
  ];
}

function cpuTime({ value, low, high }: Estimate): string {
  return estimate({ value: value * 1000, low: low * 1000, high: high * 1000 }, duration);
}

function cores(cpus: number): string {
  return `${number(cpus * 100)} % of a core`;
}
