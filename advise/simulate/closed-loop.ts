import { drawFrom } from '../traffic/index.ts';
import { Answering } from './answering.ts';
import { type Distribution, sampler } from './distribution.ts';
import { Ring } from './ring.ts';

/** One replica, and clients each of whom sends its next request when it has an answer. */
export interface ClosedLoop {
  service: Distribution;
  concurrency: number;
  crowding: number;
  clients: number;
}

/** Latencies of a closed loop in seconds, upwards; the same each time. The first answers, when all began at once, are left out. */
export function closedLoop({ service, concurrency, crowding, clients }: ClosedLoop, requests: number): number[] {
  const draw = sampler(service, drawFrom(1));
  const answering = new Answering(concurrency, crowding);
  answering.add(0);
  const waiting = new Ring();
  const latencies = new Float64Array(requests);
  const send = (now: number): void => {
    waiting.push(now);
    if (answering.on(0) < concurrency) answering.begin(0, now, draw(), waiting.shift());
  };
  for (let client = 0; client < clients; client += 1) send(0);
  const leftOut = 10 * clients;
  for (let answer = -leftOut; answer < requests; answer += 1) {
    const now = answering.soonest.first;
    const arrived = answering.end();
    if (answer >= 0) latencies[answer] = now - arrived;
    send(now);
  }
  return [...latencies.sort()];
}
