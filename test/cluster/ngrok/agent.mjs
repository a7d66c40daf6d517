// A test double of ngrok's agent, since ngrok's service is not reached from here: it takes the token `right` alone, and
// tells a URL once its upstream answers, in the API that the real one has on its web_addr.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [start, all, flag, file] = process.argv.slice(2);
if (start !== 'start' || all !== '--all' || flag !== '--config') throw new Error(`called as ${process.argv.slice(2)}`);
if (process.env.NGROK_AUTHTOKEN !== 'right') throw new Error('ERR_NGROK_107: the authtoken is wrong');
const { agent, endpoints } = JSON.parse(readFileSync(file, 'utf8'));
const [{ name, url, upstream }] = endpoints;
const publicUrl = url ?? `https://${randomBytes(6).toString('hex')}.ngrok.example`;

const answers = () =>
  fetch(upstream.url).then(
    () => true,
    () => false,
  );
process.on('SIGTERM', () => process.exit());
const [host, port] = agent.web_addr.split(':');
createServer(async (request, response) => {
  const tunnels = (await answers()) ? [{ name, public_url: publicUrl, proto: 'https' }] : [];
  response.writeHead(request.url === '/api/tunnels' ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ tunnels }));
}).listen(Number(port), host);
