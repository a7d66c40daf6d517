import { once } from 'node:events';
import { unlessAborted } from '../bench/index.ts';
import { type LocalPlatform, quickTiming, startLocal } from '../infra/local/index.ts';
import { type PreparedService, prepareService } from './service.ts';
import { stopOnSignals } from './stop.ts';

interface ServeFlags {
  json?: boolean;
  serverPort: number;
  gatewayPort: number;
  idleSeconds: number;
}

/** `faceoff serve`: both architectures on this machine until a signal comes. */
export async function serve(flags: ServeFlags): Promise<void> {
  const say = (line: string): void => console.error(line);
  const signal = stopOnSignals('Stopping …');
  const started = await start(flags, say, signal).catch(unlessAborted(signal));
  // Ctrl-C is how serving ends, also before it has begun.
  if (signal.aborted) process.exitCode = 0;
  if (started === undefined) return;
  const { platform, service } = started;
  try {
    const { targets, gateway } = platform;
    if (flags.json) {
      // Of the password only its file, since what is printed ends up in logs.
      const told = gateway && { ...gateway, password: undefined };
      console.log(JSON.stringify({ targets: targets.map(({ name, url }) => ({ name, url })), gateway: told }));
    } else {
      console.log(`Serving ${service.description}.`);
      for (const { name, url } of targets) console.log(`  ${name.padEnd(11)} ${url}`);
      if (gateway) {
        const { url, user, passwordFile } = gateway;
        console.log(`  ${'gateway'.padEnd(11)} ${url} (user ${user}, password in ${passwordFile})`);
      }
      console.log(`Try: curl --data-binary @picture.jpg ${targets[0]?.url}\nCtrl-C stops both.`);
    }
    if (!signal.aborted) await once(signal, 'abort');
    process.exitCode = 0;
  } finally {
    await platform.stop();
  }
}

async function start(
  flags: ServeFlags,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<{ platform: LocalPlatform; service: PreparedService }> {
  const service = await prepareService(say, signal);
  const platform = await startLocal({
    command: service.command,
    env: service.env,
    signal,
    ports: { server: flags.serverPort, gateway: flags.gatewayPort },
    function: { idleSeconds: flags.idleSeconds },
    timing: quickTiming,
    onLog: say,
  });
  return { platform, service };
}
