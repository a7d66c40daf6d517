import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { ClientLimits } from '../client-limits.ts';
import type { DeployedFunction, Functions, LeasedReplica } from '../function/index.ts';
import { GatewayError } from '../gateway-error.ts';
import type { Credentials } from './credentials.ts';
import { bodyOf, type Call, forward, type Outcome } from './forward.ts';
import { endToEnd } from './headers.ts';
import type { Metrics } from './metrics.ts';

export interface CallRoutesOptions {
  functions: Functions;
  metrics: Metrics;
  /** Those of `/system`, which no function gets to see. */
  credentials: Credentials;
  /** Whether the gateway is on its way out: a connection is then closed after its answer. */
  isStopping: () => boolean;
  clients: ClientLimits;
  onLog: (line: string) => void;
}

/** A replica on which nobody listens any more is replaced, and the call, of which nothing was sent, goes to another one. */
const attempts = 3;

/** `/function/NAME[/path][?query]`, any method: a call of a function. */
export function callRoutes(app: FastifyInstance, options: CallRoutesOptions): void {
  const { functions, metrics } = options;
  // Bodies are not read here: they are streamed to a replica.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.all('/function/*', async ({ raw: request, id }, reply) => {
    const { name, path } = parseCallUrl(request.url ?? '');
    const deployed = functions.get(name);
    const call = makeCall({ id, request, response: reply.raw, path }, options);
    const label = `${deployed.deployment.name}.${functions.namespace}`;
    for (let attempt = 1; ; attempt += 1) {
      const replica = await lease(deployed, reply.raw);
      if (attempt === 1) metrics.started(label);
      const startedAt = performance.now();
      const { status, refused } = await forwardTo(replica, call);
      if (refused) deployed.replicas.discard(replica);
      if (refused && attempt < attempts) continue;
      deployed.completed(status);
      metrics.completed(label, status, (performance.now() - startedAt) / 1000);
      if (refused) throw new GatewayError(status, `no replica takes the call: ${refused.message}`);
      return reply.hijack();
    }
  });
}

async function forwardTo(replica: LeasedReplica, call: Call): Promise<Outcome> {
  try {
    return await forward(call, replica.pool);
  } finally {
    replica.release();
  }
}

/** Waits for a replica for as long as the caller does. */
async function lease(deployed: DeployedFunction, response: ServerResponse): Promise<LeasedReplica> {
  const ready = deployed.tryLease();
  if (ready !== undefined) return ready;
  const gone = new AbortController();
  const onClose = () => gone.abort(new GatewayError(499, 'the caller has left'));
  response.once('close', onClose);
  try {
    return await deployed.lease(gone.signal);
  } finally {
    response.off('close', onClose);
  }
}

/** The path goes on as it was written, not decoded and encoded again. */
function parseCallUrl(url: string): { name: string; path: string } {
  const [, name, rest = ''] = /^\/function\/([-a-zA-Z_0-9.]+)(?=[/?]|$)(.*)$/s.exec(url) ?? [];
  if (name === undefined) throw new GatewayError(404, 'a function is called as /function/NAME');
  return { name, path: rest.startsWith('/') ? rest : `/${rest}` };
}

/** Headers that OpenFaaS's gateway adds, so that a function and its caller can tell one call from another. */
function makeCall(
  { id, request, response, path }: { id: string; request: IncomingMessage; response: ServerResponse; path: string },
  { credentials, isStopping, clients, onLog }: CallRoutesOptions,
): Call {
  const { expect: _answeredHere, host: _replicasOwn, ...passed } = endToEnd(request.headers);
  // A function may have credentials of its own, as with OpenFaaS; the gateway's are not for it.
  if (passed.authorization !== undefined && credentials.areIn(passed.authorization)) delete passed.authorization;
  const startTime = `${BigInt(Date.now()) * 1_000_000n}`;
  // One id, also by the name that OpenFaaS's clients look for.
  const ids = { 'x-request-id': id, 'x-call-id': id };
  return {
    request,
    response,
    body: bodyOf(request),
    path,
    callerMs: clients.seconds * 1000,
    onFailure: (text) => onLog(`gateway: request ${id}: ${text}`),
    headers: {
      'x-forwarded-host': request.headers.host,
      'x-forwarded-for': request.socket.remoteAddress,
      ...passed,
      ...ids,
      'x-start-time': startTime,
    },
    answerHeaders: () => ({
      ...ids,
      'x-start-time': startTime,
      'x-served-by': 'faceoff-local',
      ...(isStopping() ? { connection: 'close' } : {}),
    }),
  };
}
