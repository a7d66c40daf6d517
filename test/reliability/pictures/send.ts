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
      const { name, bytes, whole } = await pictures.picture(number);
      try {
        const answer = await request(`${sending.service.url}/classify`, {
          method: 'POST',
          body: bytes,
          headersTimeout: patience,
          bodyTimeout: patience,
        });
        const text = await answer.body.text();
        return { name, statuses: [answer.statusCode], fault: faultOf(answer.statusCode, text, whole) };
      } catch (error) {
        return { name, statuses: [], fault: `no answer: ${(error as Error).message}` };
      }
    },
  });
}

/** What is wrong with an answer, beside a status that says that the service has failed. */
function faultOf(status: number, text: string, whole: boolean): string | undefined {
  if (!isJson(text)) return `the answer is not one line of JSON: ${text.slice(0, 200)}`;
  // None of the kinds from which pictures are made is too large, or refused for another reason.
  if (whole && status < 500 && status !== 200) return `a whole picture gets ${status}: ${text.trim().slice(0, 200)}`;
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return text.endsWith('\n');
  } catch {
    return false;
  }
}
