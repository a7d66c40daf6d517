import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asServiceError, type ErrorCode, ServiceError } from './errors.ts';
import { requestIdOf } from './request-id.ts';

/** Content type of errors. */
export const errorType = 'application/json; charset=utf-8';

/** A client whose request was not understood has this long to read so, in milliseconds. */
const lastWord = 1000;

/** Makes the app answer what its routes throw, and paths and methods that it does not have. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(sendError);

  app.setNotFoundHandler((request) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const allowed = (['GET', 'HEAD', 'POST'] as const).filter((method) => app.hasRoute({ method, url: path }));
    throw allowed.length === 0
      ? new ServiceError('NOT_FOUND', `There is nothing at ${path}. Send pictures to /classify.`)
      : new ServiceError('METHOD_NOT_ALLOWED', `${path} takes ${allowed.join(', ')}.`, { allow: allowed.join(', ') });
  });
}

/** Answers with an error as one JSON line: code and message. */
export function sendError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = asServiceError(thrown);
  if (error.code === 'INTERNAL') {
    console.error(`Request ${request.id} failed:`, thrown);
  }
  return reply.code(error.status).headers(error.headers).type(errorType).send(errorLine(error.code, error.message));
}

/** Answers what is not HTTP, or did not come in time, and closes the connection. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
  const body = errorLine('BAD_REQUEST', `The request is not understood: ${STATUS_CODES[status]}.`);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${errorType}`,
    `content-length: ${body.length}`,
    // What the client may have sent of its own id is not understood.
    `x-request-id: ${requestIdOf({ headers: {} })}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // Nobody else looks after this connection any more, and a client may well keep its side of it open.
  setTimeout(() => socket.destroy(), lastWord);
}

/** An error as a body: one line of JSON. */
export function errorLine(code: ErrorCode, message: string): string {
  return `${JSON.stringify({ code, message })}\n`;
}
