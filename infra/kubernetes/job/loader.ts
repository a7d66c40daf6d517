/** Ports that a Job's pod listens on, at 127.0.0.1: the loader's, and the one that its program may take. */
export const ports = { loader: 8090, program: 8091 };

/** Seconds that a Job waits for its program before it ends. */
const patience = 300;

/**
 * What a Job's pod starts: takes a program and its order by POST, runs it, and ends with it. An order that comes twice,
 * because its answer was lost, is run once. The first process of a pod hears no SIGTERM that it does not ask for.
 * @param folder Where the program may be written.
 */
export const loader = (port: number, folder: string): string => `
const { createServer } = require('node:http');
const { json } = require('node:stream/consumers');
const { writeFileSync } = require('node:fs');
process.once('SIGTERM', () => process.exit(143));
const late = setTimeout(() => process.exit(1), ${patience * 1000});
const file = ${JSON.stringify(`${folder}/program.mjs`)};
let begun;
const run = async ({ program, order }) => {
  clearTimeout(late);
  writeFileSync(file, program);
  return import(file).then(({ runJob }) => {
    runJob(order).then(() => process.exit(), (error) => { console.error(error); process.exit(1); });
  });
};
createServer((request, response) => {
  json(request)
    .then((sent) => (begun ??= run(sent)))
    .then(() => response.end('begun'), (error) => response.writeHead(500).end(String(error)));
}).listen(${port}, '127.0.0.1');
`;
