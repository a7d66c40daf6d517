import { fileURLToPath } from 'node:url';
import { defaultLimits, openfaasTiming } from './gateway/index.ts';
import { Hybrid } from './hybrid/index.ts';
import {
  hybridInFlight,
  type LocalArchitecture,
  type LocalOptions,
  type LocalPlatform,
  type LocalTarget,
} from './options.ts';
import { runSource, usageKnown, withoutSecrets } from './process/index.ts';
import { AppServer } from './server/index.ts';
import { Serverless } from './serverless/index.ts';

const appMain = fileURLToPath(new URL('../../app/main.ts', import.meta.url));

/** A model may be large and the machine small. */
const startTimeoutMs = 120_000;

/** Nothing on one machine takes longer to finish than this, in milliseconds. */
const limits = { ...defaultLimits, startTimeoutMs, drainTimeoutMs: 15_000 };

type Made = AppServer | Serverless | Hybrid;

/**
 * Starts the architectures as processes of this machine and resolves when each answers.
 *
 * @throws Error that says what failed and what to change, with the last log lines of a process that ended. Nothing is
 * left running then.
 */
export async function startLocal(options: LocalOptions = {}): Promise<LocalPlatform> {
  const { architectures = ['server', 'serverless'], ports, signal } = options;
  const givingUp = new AbortController();
  const onAbort = () => givingUp.abort(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', onAbort, { once: true });
  const common = {
    command: options.command ?? runSource(appMain),
    env: { ...withoutSecrets(process.env), ...options.env },
    startTimeoutMs,
    signal: givingUp.signal,
    onLog: options.onLog ?? (() => undefined),
  };
  const scaled = {
    ...common,
    limits,
    timing: options.timing ?? openfaasTiming,
    function: { min: 1, max: 5, factor: 20, idleSeconds: 0, ...options.function },
  };
  const start: Record<LocalArchitecture, () => Promise<Made>> = {
    server: () =>
      AppServer.start({ ...common, name: 'server', port: ports?.server ?? 0, stopGraceMs: limits.stopGraceMs }),
    serverless: () => Serverless.start({ ...scaled, port: ports?.gateway ?? 0 }),
    hybrid: () => {
      const { base = 1, inFlight = hybridInFlight, idleSeconds = 30 } = options.hybrid ?? {};
      return Hybrid.start({ ...scaled, port: 0, base, inFlight, function: { ...scaled.function, idleSeconds } });
    },
  };
  const parts = architectures.map((architecture) => start[architecture]());
  try {
    return makePlatform(await Promise.all(parts));
  } catch (error) {
    givingUp.abort(error);
    const settled = await Promise.allSettled(parts);
    await stopAll(settled.flatMap((part) => (part.status === 'fulfilled' ? [part.value] : [])));
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

function makePlatform(parts: readonly Made[]): LocalPlatform {
  let stopped: Promise<void> | undefined;
  const serverless = parts.find((part) => part instanceof Serverless);
  return {
    targets: parts.map(targetOf),
    ...(serverless === undefined ? {} : { gateway: describeGateway(serverless) }),
    stop: () => {
      stopped ??= stopAll(parts);
      return stopped;
    },
  };
}

async function stopAll(parts: readonly Made[]): Promise<void> {
  await Promise.all(parts.map((part) => part.stop()));
}

function describeGateway({
  gateway: { url, user, password, passwordFile },
  image,
}: Serverless): NonNullable<LocalPlatform['gateway']> {
  return { url, user, password, passwordFile, image };
}

function targetOf(part: Made): LocalTarget {
  if (part instanceof AppServer) return serverTarget(part);
  return part instanceof Hybrid ? hybridTarget(part) : serverlessTarget(part);
}

function serverTarget(server: AppServer): LocalTarget {
  return {
    name: 'server',
    architecture: 'server',
    platform: 'local',
    url: `${server.url}/`,
    replicas: async () => server.replicas(),
    ...(usageKnown ? { resources: async () => server.usage() } : {}),
  };
}

function serverlessTarget(serverless: Serverless): LocalTarget {
  return {
    name: 'serverless',
    architecture: 'serverless',
    platform: 'local',
    url: serverless.url,
    replicas: () => serverless.replicas(),
    scale: (replicas) => serverless.scale(replicas),
    autoscale: (on) => serverless.autoscale(on),
    ...(usageKnown ? { resources: () => serverless.usage() } : {}),
  };
}

function hybridTarget(hybrid: Hybrid): LocalTarget {
  return {
    name: 'hybrid',
    architecture: 'hybrid',
    platform: 'local',
    url: hybrid.url,
    replicas: () => hybrid.replicas(),
    autoscale: (on) => hybrid.autoscale(on),
    overflowAt: (inFlight) => hybrid.overflowAt(inFlight),
    ...(usageKnown ? { resources: () => hybrid.usage() } : {}),
  };
}
