#!/usr/bin/env node
// The command as npm links it. TypeScript is run from source, so its loader comes first.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./cli/index.ts');
await main(process.argv);
