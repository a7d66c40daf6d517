// A test double for the app: a small HTTP service with the same contract (HOST, PORT, /_/health, headers, IPC, SIGTERM)
// that does on request what the app never should. Plain JavaScript, so that it starts at once.
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const { HOST, PORT, REPLICA_ID, START_MS = '0', START_FAILS, STARTS_FILE, MARK = '', RECORD } = process.env;
if (STARTS_FILE) appendFileSync(STARTS_FILE, `${process.pid}\n`);
if (START_FAILS) {
  console.error(START_FAILS);
  process.exit(3);
}

let ready = START_MS === '0';
setTimeout(() => {
  ready = true;
}, Number(START_MS));
const calls = { begun: [], aborted: [], flooded: 0 };
let release = () => undefined;

/** What each path does; any other is described back. */
const routes = {
  '/_/health': (_, response) => response.writeHead(ready ? 200 : 503).end(),
  '/echo': (request, response) => request.pipe(response.writeHead(200, { 'content-type': 'application/octet-stream' })),
  '/sleep': async (_, response, query) => {
    calls.begun.push(query.get('tag'));
    response.once('close', () => {
      if (!response.writableFinished) calls.aborted.push(query.get('tag'));
    });
    await sleep(Number(query.get('ms')));
    response.end(REPLICA_ID);
  },
  '/calls': (_, response) => response.end(JSON.stringify(calls)),
  '/flood': (_, response, query) => {
    const chunk = Buffer.alloc(100_000);
    const pour = () => {
      while (calls.flooded < Number(query.get('bytes'))) {
        calls.flooded += chunk.length;
        if (!response.write(chunk)) return;
      }
      response.end();
    };
    response.on('drain', pour);
    pour();
  },
  '/status': (_, response, query) => response.writeHead(Number(query.get('code'))).end(),
  '/refuse': (_, response) => response.writeHead(413, { 'content-type': 'text/plain' }).end('too much'),
  '/half': (_, response) => {
    response.writeHead(200, { 'content-length': '10' }).write('half');
    setTimeout(() => process.exit(1), 50);
  },
  '/exit': () => process.exit(1),
  '/deaf': (_, response) => {
    server.close();
    response.writeHead(200, { connection: 'close' }).end();
  },
  '/bytes': (_, response) => response.end(Buffer.from([...Array(256).keys()])),
  '/held': (_, response, query) => {
    const length = query.get('length');
    response.writeHead(200, { 'content-type': 'text/event-stream', ...(length && { 'content-length': length }) });
    response.flushHeaders();
    release = () => response.end('released');
  },
  '/release': (_, response) => {
    release();
    response.end();
  },
};

async function describe(request, response) {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of request) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch {
    // The caller has left in the middle of its body.
    return;
  }
  const { method, url, headers, rawHeaders } = request;
  const body = { bytes, sha256: hash.digest('hex') };
  response.setHeader('set-cookie', ['a=1', 'b=2']);
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({
      replica: REPLICA_ID,
      pid: process.pid,
      port: Number(PORT),
      mark: MARK,
      method,
      url,
      headers,
      rawHeaders,
      body,
    }),
  );
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://replica');
  response.setHeader('x-replica-id', REPLICA_ID);
  (routes[pathname] ?? describe)(request, response, searchParams);
});
// Byte for byte, since a parser may be deceived.
if (RECORD) server.on('connection', (socket) => socket.on('data', (chunk) => appendFileSync(RECORD, chunk)));
server.listen(Number(PORT), HOST);

function stop() {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setInterval(() => server.closeIdleConnections(), 20);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('disconnect', stop);
// The parent may have gone before this process listened for that.
if (process.send && !process.connected) stop();
console.log(`process ${process.pid} listens on ${PORT}`);
