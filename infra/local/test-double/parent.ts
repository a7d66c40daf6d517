// For tests: a parent that starts the local platform, tells the ids of all its processes, and stops it on SIGINT.
import { z } from 'zod';
import { startLocal } from '../index.ts';
import { ApiClient } from '../serverless/index.ts';
import { isAlive, testDouble } from './index.ts';

const platform = await startLocal({ command: testDouble, function: { min: 2 } });
const server = platform.targets.find(({ architecture }) => architecture === 'server');
const { url = '', user = '', password = '' } = platform.gateway ?? {};
const api = new ApiClient(url, user, password);
const { gateway, replicas } = await api.processes();
await api.close();
const { pid: serverPid } = z.object({ pid: z.number() }).parse(await (await fetch(server?.url ?? '')).json());
const pids = [serverPid, gateway.pid, ...replicas.map(({ pid }) => pid)];

process.on('SIGINT', async () => {
  console.log(`alive: ${pids.filter(isAlive).length}`);
  await platform.stop();
  console.log(`alive: ${pids.filter(isAlive).length}`);
});
// Last, since the test answers with a signal at once.
console.log(JSON.stringify(pids));
