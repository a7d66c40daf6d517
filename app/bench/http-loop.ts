import autocannon, { type Result } from 'autocannon';

/**
 * Sends one picture to the service over and over.
 * @param connections each of them sends the next picture when the answer to the last is there.
 * @returns pictures a second.
 * @throws when a single answer is not a good one: a rate of failures would mean nothing.
 */
export async function httpLoop(
  url: string,
  picture: Buffer,
  { pictures, connections }: { pictures: number; connections: number },
): Promise<number> {
  const started = performance.now();
  let ended = started;
  const result = await new Promise<Result>((resolve, reject) => {
    const options = { url, method: 'POST', body: picture, connections, amount: pictures } as const;
    const running = autocannon(options, (error, outcome) => (error ? reject(error) : resolve(outcome)));
    // autocannon ends at a whole second; the last answer came before.
    running.on('response', () => {
      ended = performance.now();
    });
  });
  if (result['2xx'] !== pictures) {
    throw new Error(`${result['2xx']} of ${pictures} answers were good, ${result.errors} connections failed.`);
  }
  return pictures / ((ended - started) / 1000);
}
