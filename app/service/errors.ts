import type { FastifyError } from 'fastify';
import { PictureError, QueueFull, WorkerLost } from '../classifier/index.ts';

/** Every error the service answers with, and its HTTP status. */
const statuses = {
  BAD_REQUEST: 400,
  BAD_K: 400,
  BAD_MULTIPART: 400,
  EMPTY_BODY: 400,
  BROKEN_PICTURE: 400,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  TOO_LARGE: 413,
  TOO_MANY_PIXELS: 413,
  NOT_A_PICTURE: 415,
  CLIENT_GONE: 499,
  INTERNAL: 500,
  LOADING: 503,
  DRAINING: 503,
  OVERLOADED: 503,
  WORKER_LOST: 503,
} as const;

export type ErrorCode = keyof typeof statuses;

/** An error that the client is told of as it is. */
export class ServiceError extends Error {
  override name = 'ServiceError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.status = statuses[code];
    this.headers = this.status === 503 ? { 'retry-after': '1', ...headers } : headers;
  }
}

/** What a picture is refused with when as many wait as may wait. */
export function overloaded(): ServiceError {
  return new ServiceError('OVERLOADED', 'Too many pictures are waiting. Try again later.');
}

/** Anything thrown while answering, as the client is told of it. What is our own fault keeps its details to itself. */
export function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) {
    return error;
  }
  if (error instanceof PictureError) {
    return new ServiceError(error.code, error.message);
  }
  if (error instanceof QueueFull) {
    return overloaded();
  }
  if (error instanceof WorkerLost) {
    return new ServiceError('WORKER_LOST', 'The worker that had the picture was lost. Send the picture again.');
  }
  const { statusCode = 500, code, message } = error as Partial<FastifyError>;
  if (code === 'ECONNRESET') {
    return new ServiceError('CLIENT_GONE', 'The client did not finish its request.');
  }
  if (statusCode >= 400 && statusCode < 500) {
    return new ServiceError(statusCode === 413 ? 'TOO_LARGE' : 'BAD_REQUEST', message ?? 'The request is malformed.');
  }
  return new ServiceError('INTERNAL', 'The service failed. Its log says why.');
}
