import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { serveProvider } from '../provider/index.ts';

await serveProvider({
  inputs: z.object({}),
  create: async () => ({ id: 'password', outs: { password: randomBytes(24).toString('base64url') } }),
  update: async (_id, { password }) => ({ password }),
});
