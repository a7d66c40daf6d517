import type { RunEvent } from '../record/index.ts';

/** How busy the client, and the machine that it ran on, was in one scenario. */
export type ClientLoad = Omit<Extract<RunEvent, { kind: 'client' }>, 'kind' | 'time' | 'target'>;

/** The client's load in each scenario that came to its end. */
export function clientLoads(events: readonly RunEvent[]): ClientLoad[] {
  return events.flatMap((event) => {
    if (event.kind !== 'client') return [];
    const { kind: _, time: __, target: ___, ...load } = event;
    return [load];
  });
}
