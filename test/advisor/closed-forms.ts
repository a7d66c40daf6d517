/** Means of queues that are known exactly, in seconds; `rate` requests a second come at random. */

/** Time from coming to going where one server takes exponential times with a mean of `service`. */
export function mm1(rate: number, service: number): number {
  return service / (1 - rate * service);
}

/** The same with `servers` behind one line (Erlang's C formula). */
export function mmc(rate: number, service: number, servers: number): number {
  const load = rate * service;
  let term = 1;
  let sum = 1;
  for (let k = 1; k < servers; k += 1) {
    term *= load / k;
    sum += term;
  }
  const all = (term * load) / servers / (1 - load / servers);
  const waits = all / (sum + all);
  return service + (waits * service) / (servers - load);
}

/** The same where every request takes exactly `service` (Pollaczek and Khinchine). */
export function md1(rate: number, service: number): number {
  const load = rate * service;
  return service + (load * service) / (2 * (1 - load));
}
