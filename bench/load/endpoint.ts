/** A target's URL as its requests need it. */
export interface Endpoint {
  /** Without a user or a password. */
  url: string;
  /** Those that the URL had, as basic auth; empty when it had none. */
  headers: { authorization?: string };
}

/** Splits a URL with `user:password@` into where requests go and the header that they carry: no client here does. */
export function endpointOf(url: string): Endpoint {
  const parsed = new URL(url);
  const { username, password } = parsed;
  if (username === '' && password === '') return { url, headers: {} };
  parsed.username = '';
  parsed.password = '';
  const credentials = `${decode(username)}:${decode(password)}`;
  return { url: parsed.href, headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } };
}

/** A percent sign that begins no escape stands for itself. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    return Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8');
  });
}
