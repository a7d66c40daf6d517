import type { Sample } from '../../bench/load/index.ts';
import { type Manifest, profiles } from '../../bench/record/index.ts';

/** Test doubles: records of a run that never was, for tests of what is made of records. */
export function makeManifest(changes: Partial<Manifest> = {}): Manifest {
  return {
    format: 1,
    name: 'double',
    status: 'complete',
    started: '2026-11-24T10:00:00.000Z',
    ended: '2026-11-24T10:01:00.000Z',
    profile: 'quick',
    scenarios: ['latency', 'throughput', 'capacity', 'cold-start', 'autoscaling', 'burst'],
    settings: profiles.quick,
    seed: 1,
    targets: [
      { name: 'server', architecture: 'server', platform: 'local', url: 'http://127.0.0.1:1/' },
      { name: 'serverless', architecture: 'serverless', platform: 'local', url: 'http://127.0.0.1:2/' },
    ],
    photos: [{ name: 'cat.jpg', bytes: 50_000, sha256: 'aa' }],
    host: { faceoff: '0.0.0', node: 'v20', os: 'Linux', cpu: 'double', cores: 2, memoryBytes: 1e9 },
    ...changes,
  };
}

/** A request that took 5 ms, sent at `intended`. */
export function makeSample(changes: Partial<Sample> = {}): Sample {
  const intended = changes.intended ?? 1000;
  return {
    scenario: 'latency',
    target: 'server',
    block: 0,
    photo: 'cat.jpg',
    intended,
    sent: intended,
    answered: intended + 5,
    status: 200,
    ...changes,
  };
}
