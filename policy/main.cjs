// Starts the pack, which is TypeScript. Both ways into it end here: Pulumi's Node.js host requires this folder, and so
// needs a CommonJS file of JavaScript; an engine without that host executes ./run.
const { pathToFileURL } = require('node:url');

import('tsx/esm/api')
  .then(({ tsImport }) => tsImport('./index.ts', pathToFileURL(__filename).href))
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
