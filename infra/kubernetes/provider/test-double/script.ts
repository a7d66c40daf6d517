import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { serveProvider } from '../index.ts';

// Stands in for a resource's script: does what its inputs say, so that the way to it and back can be tested.
await serveProvider({
  inputs: z.object({ name: z.string(), act: z.enum(['answer', 'fail', 'exit', 'wait']).default('answer') }),
  create: async ({ name, act }, { signal, progress }) => {
    progress(`making ${name}`);
    console.log('a library that logs');
    if (act === 'fail') throw new Error(`${name} cannot be made`);
    if (act === 'exit') process.exit(3);
    if (act === 'wait') {
      await sleep(600_000, undefined, { signal }).catch(() => writeFileSync(name, `stopped: ${signal.reason.message}`));
    }
    return { id: `the-${name}`, outs: { seen: Object.keys(process.env).length > 0 } };
  },
  read: async (_id, { name }) => (name === 'gone' ? undefined : { seen: false }),
  update: async (_id, { name }, inputs) => ({ renamed: `${name} to ${inputs.name}` }),
});
