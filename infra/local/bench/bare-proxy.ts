// The least that a gateway in Node.js does: Node's server, and undici's connections to one server, whose port is the
// argument. No check, no count, no limit. HOST and PORT say where it listens.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type Dispatcher, Pool } from 'undici';

const [to] = process.argv.slice(2);
const { HOST, PORT } = process.env;
const pool = new Pool(`http://127.0.0.1:${to}`);

createServer(({ url = '/', method, headers }, response) => {
  pool.dispatch(
    { path: url, method: method as Dispatcher.HttpMethod, headers, body: null },
    {
      onRequestStart: () => undefined,
      onResponseStart: (_, status: number, answered: IncomingHttpHeaders) => response.writeHead(status, answered),
      onResponseData: (_, chunk: Buffer) => response.write(chunk),
      onResponseEnd: () => response.end(),
      onResponseError: () => response.destroy(),
    },
  );
}).listen(Number(PORT), HOST, () => console.log(`listening on http://${HOST}:${PORT}`));
