import { setTimeout as sleep } from 'node:timers/promises';
import { type Endpoint, startEndpoint } from '../../../test/double/endpoint.ts';

/** A test double: a real server that works on one request at a time, for so many milliseconds, the others waiting. */
export function startSingleSlot(serviceMs: number): Promise<Endpoint> {
  let free: Promise<unknown> = Promise.resolve();
  return startEndpoint((_, response) => {
    free = free.then(() => sleep(serviceMs)).then(() => response.end('{}'));
  });
}
