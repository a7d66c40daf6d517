import { request } from 'undici';
import { type Findings, type Sending, sendAll } from '../findings.ts';
import type { HostilePictures } from './hostile.ts';

/** How long an answer may take, in milliseconds: a picture that keeps the service longer is a fault. */
const patience = 60_000;

/** Sends pictures that may be broken to the service. */
export function sendPictures(pictures: HostilePictures, sending: Omit<Sending, 'send'>): Promise<Findings> {
  return sendAll({
    ...sending,
    async send(number) {
      const { name, bytes } = await pictures.picture(number);
      try {
        const answer = await request(`${sending.service.url}/classify`, {
          method: 'POST',
          body: bytes,
          headersTimeout: patience,
          bodyTimeout: patience,
        });
        const text = await answer.body.text();
        const fault = isJson(text) ? undefined : `the answer is not one line of JSON: ${text.slice(0, 200)}`;
        return { name, statuses: [answer.statusCode], fault };
      } catch (error) {
        return { name, statuses: [], fault: `no answer: ${(error as Error).message}` };
      }
    },
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return text.endsWith('\n');
  } catch {
    return false;
  }
}
