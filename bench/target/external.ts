import { z } from 'zod';
import type { Target } from './target.ts';

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/);
const url = z.url({ protocol: /^https?$/ });

/**
 * Reads a target given as `NAME=URL` on the command line: any HTTP endpoint that takes a picture by POST. A user and a
 * password in the URL are sent as basic auth.
 *
 * @throws Error that says what to change when the text is not of that form. It does not repeat the text, which may hold
 * a password.
 */
export function parseTarget(text: string): Target {
  const split = text.indexOf('=');
  if (split < 1) throw new Error('--target: give a name and a URL, as in --target mine=http://127.0.0.1:5000/');
  const given = { name: name.safeParse(text.slice(0, split)), url: url.safeParse(text.slice(split + 1)) };
  if (!given.name.success) {
    throw new Error('--target: the name before = takes letters, digits, dot, dash and underscore, 63 at most');
  }
  if (!given.url.success) throw new Error(`--target ${given.name.data}: the URL must start with http:// or https://`);
  return { name: given.name.data, architecture: 'unknown', platform: 'external', url: given.url.data };
}
