import { expect, test } from 'vitest';
import { quickTiming } from '../scaling/index.ts';
import { DeployedFunction } from './deployed-function.ts';
import { parseDeployment } from './deployment.ts';
import type { Replicas } from './replicas.ts';

/** A double: replicas that are there as soon as they are wanted, and do nothing. */
class InstantReplicas implements Replicas {
  desired = 0;
  readonly busy = false;
  readonly processes = [];
  readonly startError = undefined;
  get available(): number {
    return this.desired;
  }
  scale(replicas: number): void {
    this.desired = replicas;
  }
  update(): void {}
  tryLease(): undefined {}
  lease(): never {
    throw new Error('nobody calls it here');
  }
  discard(): void {}
  async remove(): Promise<void> {}
  async close(): Promise<void> {}
}

/** Looks ten times a second for a while, as a function that answers 20 calls a second, and tells the replicas wanted. */
function load(deployed: DeployedFunction, from: number, to: number, autoscales: boolean): number {
  for (let now = from; now < to; now += 100) {
    deployed.completed(200);
    deployed.completed(200);
    deployed.tick(now, autoscales);
  }
  return deployed.replicas.desired;
}

test('load brings replicas only while the autoscaler is on', () => {
  const deployment = parseDeployment({ service: 'f', image: 'any' }, 'openfaas-fn');
  const deployed = new DeployedFunction(deployment, quickTiming, 0, new InstantReplicas());
  deployed.scale(1);
  expect(load(deployed, 0, 10_000, false)).toBe(1);
  expect(load(deployed, 10_000, 30_000, true)).toBeGreaterThan(1);
});

test('an autoscaler that is turned off forgets the load it has seen', () => {
  const deployment = parseDeployment({ service: 'f', image: 'any' }, 'openfaas-fn');
  const deployed = new DeployedFunction(deployment, quickTiming, 0, new InstantReplicas());
  deployed.scale(1);
  const reached = load(deployed, 0, 5_000, true);
  expect(load(deployed, 5_000, 30_000, false)).toBe(reached);
});
