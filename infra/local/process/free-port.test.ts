import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { checkPort, freePort } from './free-port.ts';

test('a free port can be listened on', async () => {
  await expect(checkPort(await freePort())).resolves.toBeUndefined();
});

test('names a port that is in use', async () => {
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  await expect(checkPort(port)).rejects.toThrow(`port ${port} on 127.0.0.1 is in use`);
  other.close();
});
