import { errors, request } from 'undici';
import { now } from './clock.ts';
import { type Address, endpointOf } from './endpoint.ts';
import { failureOf } from './failure.ts';
import type { Photo } from './photos.ts';
import { readReplicaHeaders } from './replica-headers.ts';
import type { Measured } from './sample.ts';

/** How one request is sent. */
export interface SendOptions extends Address {
  timeoutMs: number;
  signal?: AbortSignal;
}

/** A measured request with the answer's headers and body. */
export interface Exchange {
  measured: Measured;
  header(name: string): string | undefined;
  body: Buffer;
}

/**
 * Posts one picture and waits for the whole answer. A failure is a measurement, not an exception.
 *
 * @throws the signal's reason when it stops the request: a request given up by the benchmark itself is no measurement.
 */
export async function send(photo: Photo, options: SendOptions): Promise<Exchange> {
  const { url, headers } = endpointOf(options);
  const sent = now();
  const base = { photo: photo.name, intended: sent, sent };
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal]);
  try {
    const answer = await request(url, {
      method: 'POST',
      body: photo.bytes,
      headers: { 'content-type': photo.contentType, ...headers },
      headersTimeout: options.timeoutMs,
      bodyTimeout: options.timeoutMs,
      signal,
    });
    const body = Buffer.from(await answer.body.arrayBuffer());
    const header = (name: string): string | undefined => [answer.headers[name]].flat()[0];
    return {
      measured: { ...base, answered: now(), status: answer.statusCode, ...readReplicaHeaders(header) },
      header,
      body,
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    return {
      measured: { ...base, answered: now(), ...classify(error, deadline) },
      header: () => undefined,
      body: Buffer.alloc(0),
    };
  }
}

function classify(error: unknown, deadline: AbortSignal): Pick<Measured, 'error' | 'detail'> {
  const timedOut =
    deadline.aborted || error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
  if (timedOut) return { error: 'timeout' };
  return failureOf(error);
}

/** For `catch`: swallows what a stop throws, and nothing else. */
export function unlessAborted(signal: AbortSignal): (error: unknown) => void {
  return (error) => {
    if (!signal.aborted) throw error;
  };
}
