import type { Manifest } from '../record/index.ts';

type Target = Manifest['targets'][number];

/** One target as it is called in each run; undefined in a run that has none like it. */
export interface MatchedTarget {
  /** Its name in the first run that has it. */
  name: string;
  names: readonly (string | undefined)[];
}

/** Targets of the same name are the same; of the rest, those whose architecture no other target of their run has. */
export function matchTargets(runs: readonly (readonly Target[])[]): MatchedTarget[] {
  const matched: { first: Target; names: (string | undefined)[] }[] = [];
  for (const [index, targets] of runs.entries()) {
    const free = new Set(targets);
    const take = (alike: (known: Target, target: Target) => boolean): void => {
      for (const each of matched) {
        const target = [...free].find((other) => each.names[index] === undefined && alike(each.first, other));
        if (target === undefined) continue;
        each.names[index] = target.name;
        free.delete(target);
      }
    };
    take((known, target) => known.name === target.name);
    take((known, target) => isOnly(known, runs) && isOnly(target, runs) && known.architecture === target.architecture);
    for (const target of free) {
      const names = runs.map(() => undefined) as (string | undefined)[];
      names[index] = target.name;
      matched.push({ first: target, names });
    }
  }
  return matched.map(({ first, names }) => ({ name: first.name, names }));
}

/** Whether its architecture is known and its alone in its run. */
function isOnly(target: Target, runs: readonly (readonly Target[])[]): boolean {
  const own = runs.find((targets) => targets.includes(target)) ?? [];
  return (
    target.architecture !== 'unknown' && own.filter((each) => each.architecture === target.architecture).length === 1
  );
}
