import type { Random } from '../../../bench/stats/index.ts';
import type { Named } from './malformed.ts';

const form = '--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nabc\r\n--b--\r\n';

/** Good requests, to be damaged. */
const requests = [
  'GET /_/health HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n',
  'GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n',
  'POST /classify?k=5 HTTP/1.1\r\nHost: x\r\nContent-Type: image/gif\r\nContent-Length: 6\r\n\r\nGIF89a',
  'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nGIF\r\n3\r\n89a\r\n0\r\n\r\n',
  `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${form.length}\r\n\r\n${form}`,
] as const;

/** One good request or several, with some of its bytes changed, put in, taken out, or cut off. */
export function damage(random: Random): Named {
  const count = random(1, 3);
  const whole = Array.from({ length: count }, () => requests[random(0, requests.length - 1)]).join('');
  let bytes: Buffer = Buffer.from(whole, 'latin1');
  for (let changes = random(1, 6); changes > 0 && bytes.length > 0; changes -= 1) {
    const at = random(0, bytes.length - 1);
    const kinds = [
      () => Buffer.concat([bytes.subarray(0, at), Buffer.from([random(0, 255)]), bytes.subarray(at + 1)]),
      () => Buffer.concat([bytes.subarray(0, at), Buffer.from([random(0, 255)]), bytes.subarray(at)]),
      () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(random(at, bytes.length))]),
      () => Buffer.concat([bytes.subarray(0, at), bytes]),
      () => bytes.subarray(0, at),
    ];
    bytes = kinds[random(0, kinds.length - 1)]?.() ?? bytes;
  }
  return ['a good request, damaged', bytes];
}
