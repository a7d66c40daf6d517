import { expect, test } from 'vitest';
import { start } from './first-answer.ts';

const photo = { name: 'cat.jpg', bytes: Buffer.from('a photo'), class: 281 };

/** A double of a service that answers everything at once, with a status and a class. */
function double(status: number, found: number) {
  const answer = JSON.stringify({ top: [{ class: found }, { class: 281 }] });
  const program = `
    const { HOST, PORT } = process.env;
    require('http').createServer((request, response) => {
      response.writeHead(request.method === 'GET' ? 200 : ${status}).end(${JSON.stringify(answer)});
    }).listen(Number(PORT), HOST);`;
  return { name: 'double', command: [process.execPath, '-e', program], env: process.env };
}

test('a start that ends in the right answer has its parts', async () => {
  const parts = await start(double(200, 281), photo);
  expect([...parts.keys()]).toEqual(['ready', 'first answer']);
});

test.each([
  ['another class', 200, 282],
  ['another status', 500, 281],
])('a start that ends in %s is refused', async (_, status, found) => {
  await expect(start(double(status, found), photo)).rejects.toThrow(`double answers ${status} for cat.jpg`);
});
