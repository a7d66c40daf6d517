import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The oldest HAProxy that has all that the router's configuration says. */
const least = [2, 6] as const;

const install = 'install it (Debian, Ubuntu: `apt-get install haproxy`; macOS: `brew install haproxy`)';

/** HAProxy lies among the programs of administrators, which a user's PATH may lack. */
export function routerPath(path = ''): string {
  return `${path}:/usr/sbin:/usr/local/sbin`;
}

/** Why there can be no hybrid on this machine, and what to do; undefined where HAProxy is there. */
export async function findRouter(path = process.env['PATH']): Promise<string | undefined> {
  const env = { ...process.env, PATH: routerPath(path) };
  const told = await promisify(execFile)('haproxy', ['-v'], { env }).catch(() => undefined);
  if (told === undefined) return `there is no HAProxy: ${install}`;
  const [, major = 0, minor = 0] = (/version (\d+)\.(\d+)/.exec(told.stdout) ?? []).map(Number);
  const tooOld = major < least[0] || (major === least[0] && minor < least[1]);
  return tooOld ? `HAProxy is older than ${least.join('.')}: ${install}` : undefined;
}
