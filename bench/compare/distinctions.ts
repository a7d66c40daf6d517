import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from '../record/index.ts';
import type { TargetSummary } from '../summary/index.ts';
import type { MatchedTarget } from './match-targets.ts';
import type { ComparedRun } from './read.ts';

/** Something besides the figures that is not the same in all runs. */
export interface Distinction {
  what: string;
  /** For each run; undefined where it is not there or not recorded. */
  values: readonly (string | undefined)[];
  /** It makes the runs unlike: figures may differ for it alone. Others are versions and the like. */
  unlike: boolean;
}

type Facts = Map<string, { value: string; unlike: boolean }>;

/** All that differs in settings, photos, machines, versions and images, what makes runs unlike first. */
export function findDistinctions(runs: readonly ComparedRun[], targets: readonly MatchedTarget[]): Distinction[] {
  const facts = runs.map((run, index) => factsOf(run, index, targets));
  const names = [...new Set(facts.flatMap((each) => [...each.keys()]))];
  return names
    .map((what) => {
      const found = facts.map((each) => each.get(what));
      return { what, values: found.map((fact) => fact?.value), unlike: found.some((fact) => fact?.unlike === true) };
    })
    .filter(({ values }) => values.some((value) => !isDeepStrictEqual(value, values[0])))
    .sort((a, b) => Number(b.unlike) - Number(a.unlike));
}

function factsOf({ record, summary }: ComparedRun, index: number, targets: readonly MatchedTarget[]): Facts {
  const { manifest } = record;
  const facts: Facts = new Map();
  const add = (unlike: boolean, what: string, value: unknown): void => {
    if (value !== undefined && value !== '') facts.set(what, { value: String(value), unlike });
  };
  add(true, 'photos', manifest.photos.map(({ name, sha256 }) => `${name} (${sha256.slice(0, 8)})`).join(', '));
  for (const [path, value] of leaves(manifest.settings)) add(true, `settings: ${path}`, value);
  const { faceoff, commit, node, ...machine } = manifest.host;
  for (const [path, value] of leaves(machine)) add(true, `client’s machine: ${path}`, value);
  for (const { name, names } of targets) addTarget(name, names[index], manifest, summary.targets, add);
  const { cluster, client } = manifest.deployment ?? {};
  add(true, 'load from', client);
  add(true, 'nodes', cluster?.nodes.map(({ cpu, memory }) => `${cpu} CPU, ${memory}`).join('; '));
  add(false, 'Kubernetes', cluster?.version);
  add(false, 'node software', cluster?.nodes.map(({ os, runtime }) => `${os}, ${runtime}`).join('; '));
  add(false, 'profile', manifest.profile);
  add(false, 'scenarios', manifest.scenarios.join(', '));
  add(false, 'seed', manifest.seed);
  add(false, 'Faceoff', commit === undefined ? faceoff : `${faceoff} (${commit})`);
  add(false, 'Node', node);
  return facts;
}

function addTarget(
  title: string,
  name: string | undefined,
  { targets, deployment }: Manifest,
  summaries: readonly TargetSummary[],
  add: (unlike: boolean, what: string, value: unknown) => void,
): void {
  const target = targets.find((each) => each.name === name);
  const deployed = deployment?.targets.find((each) => each.name === name);
  const answers = summaries.find((each) => each.name === name)?.answers ?? [];
  add(true, `${title}: platform`, target?.platform);
  add(true, `${title}: architecture`, target?.architecture);
  for (const key of ['model', 'backend', 'weights'] as const) {
    const said = new Set(answers.flatMap((answer) => answer[key] ?? []));
    add(true, `${title}: ${key}`, [...said].sort().join(', '));
  }
  add(true, `${title}: CPU limit`, deployed?.cpu);
  add(true, `${title}: memory limit`, deployed?.memory);
  add(false, `${title}: image`, deployed?.imageDigest ?? deployed?.image);
  add(false, `${title}: chart`, deployed?.chart);
}

/** Every value of a record that is no record itself, with its path. */
function leaves(value: object, path = ''): [path: string, value: unknown][] {
  return Object.entries(value).flatMap(([key, each]): [string, unknown][] =>
    typeof each === 'object' && each !== null ? leaves(each, `${path}${key}.`) : [[`${path}${key}`, each]],
  );
}
