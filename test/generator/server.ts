// A target of the generator's benchmark, in a process of its own: answers each request after the next of the given
// milliseconds, or at once when none are given. Prints its port.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const delays = process.argv.slice(2).map(Number);
let turn = 0;
const server = createServer((request, response) => {
  const delay = delays[turn % delays.length];
  turn += 1;
  request.resume().once('end', () => {
    if (delay === undefined) response.end('{}');
    else setTimeout(() => response.end('{}'), delay);
  });
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
