import type { Model } from '../../advise/index.ts';

/** Test double: a model that no run gave. Answers of 50 ms, one at a time, and starts of 2 s. */
export function makeModel(changes: Partial<Model> = {}): Model {
  const side: Model['server'] = {
    service: { kind: 'constant', seconds: 0.05 },
    concurrency: 1,
    crowding: 0,
    start: { kind: 'constant', seconds: 2 },
    serving: { fixed: [], replica: { cpus: 1, gib: 0.5 }, perSecond: 20, leastReplicas: 1, followsLoad: true },
  };
  const exact = { low: 1, high: 1 };
  return {
    server: side,
    function: side,
    cloud: { seconds: 0.05, gib: 0.5, cpuSeconds: 0.05 },
    timeout: 30,
    assumed: [],
    doubt: { service: exact, start: exact },
    ...changes,
  };
}
