/** Where requests go. */
export interface Address {
  /** A user and a password in it are sent as basic auth. */
  url: string;
  /** The Host header, where it is not the URL's. */
  host?: string;
}

/** An address as its requests need it. */
export interface Endpoint {
  /** Without a user or a password. */
  url: string;
  headers: { authorization?: string; host?: string };
}

/** Splits an address into a URL and the headers that its requests carry: no client here splits off `user:password@`. */
export function endpointOf({ url, host }: Address): Endpoint {
  const named = host === undefined ? {} : { host };
  const parsed = new URL(url);
  const { username, password } = parsed;
  if (username === '' && password === '') return { url, headers: named };
  parsed.username = '';
  parsed.password = '';
  const credentials = `${decode(username)}:${decode(password)}`;
  return {
    url: parsed.href,
    headers: { ...named, authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
  };
}

/** A percent sign that begins no escape stands for itself. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    return Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8');
  });
}
