import { connect } from 'node:net';
import sharp from 'sharp';
import type { Dispatcher } from 'undici';
import type { LocalTarget } from '../../../infra/local/index.ts';
import { knownPhotos } from '../../performance/photos.ts';

/** Something that is sent by HTTP, and the answer that is right for it. */
export interface Question {
  name: string;
  method: Dispatcher.HttpMethod;
  /** Behind the target's URL, which ends without a slash. */
  path: string;
  body: Buffer | null;
  /** Of the answer: its status and, in its JSON, what `essence` takes. */
  right: { status: number; essence: string };
}

/** What an answer says, without what differs each time: the classes with their probabilities, or the error's code. */
export function essence(text: string): string {
  try {
    const { top, code } = JSON.parse(text) as { top?: unknown; code?: unknown };
    return JSON.stringify(top ?? code);
  } catch {
    return text;
  }
}

/**
 * Distinct photos, each with the answer that a target gives while nobody disturbs it.
 * @throws when two answers are alike, so that one could stand for the other, or one shows another class than is known.
 */
export async function askPhotos({ url }: Pick<LocalTarget, 'url'>, realWeights: boolean): Promise<Question[]> {
  const questions: Question[] = [];
  for (const { name, bytes, class: known } of await knownPhotos()) {
    const mirrored = await sharp(bytes).flop().jpeg().toBuffer();
    for (const [variant, body] of [['', bytes] as const, [', mirrored', mirrored] as const]) {
      const answer = await fetch(url, { method: 'POST', body: new Uint8Array(body) });
      const right = { status: answer.status, essence: essence(await answer.text()) };
      if (right.status !== 200) throw new Error(`${name}${variant} is answered ${right.status}: ${right.essence}`);
      const shown = (JSON.parse(right.essence) as { class: number }[])[0]?.class;
      if (realWeights && variant === '' && shown !== known) throw new Error(`${name} is class ${shown}, not ${known}`);
      questions.push({ name: name + variant, method: 'POST', path: '/classify', body, right });
    }
  }
  if (new Set(questions.map(({ right }) => right.essence)).size < questions.length) {
    throw new Error('Two of the photos have the same answer');
  }
  return questions;
}

/** What the service must refuse, each time in the same way. */
export function badQuestions(photo: Buffer): Question[] {
  const refused = (name: string, status: number, code: string, change: Partial<Question>): Question => ({
    name,
    method: 'POST',
    path: '/classify',
    body: photo,
    right: { status, essence: JSON.stringify(code) },
    ...change,
  });
  return [
    refused('a photo cut in half', 400, 'BROKEN_PICTURE', { body: photo.subarray(0, photo.length / 2) }),
    refused('a text', 415, 'NOT_A_PICTURE', { body: Buffer.from('This is no picture.') }),
    refused('nothing', 400, 'EMPTY_BODY', { body: Buffer.alloc(0) }),
    refused('a photo with k=0', 400, 'BAD_K', { path: '/classify?k=0' }),
    refused('a photo for nobody', 404, 'NOT_FOUND', { path: '/nobody' }),
  ];
}

/** What no client that is well would send; the target answers with 4xx or closes the connection, and lives on. */
export const badHttp: Readonly<Record<string, string>> = {
  noise: '\x16\x03\x01 this is not HTTP\r\n\r\n',
  'two lengths': 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello',
  'a header without an end': `GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(100_000)}`,
  'half a body': 'POST /classify HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\nhalf',
};

/**
 * Sends raw bytes, waits a little for an answer, and leaves.
 * @returns the status of the answer; undefined without one.
 */
export function sendRaw({ url }: LocalTarget, bytes: string, waitMs: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.setTimeout(waitMs, () => socket.destroy());
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    // A target that is down, or that cuts the connection, gives no answer: that is told by the status that is missing.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      resolve(status === undefined ? undefined : Number(status));
    });
  });
}
