// A target of the generator's benchmark, in a process of its own: answers POST at once, and GET with when the requests came,
// in milliseconds by its own clock, and forgets them. Prints its port.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let arrivals: number[] = [];
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify(arrivals));
    arrivals = [];
    return;
  }
  arrivals.push(performance.now());
  request.resume().once('end', () => response.end('{}'));
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
