/** Names of variables that hold what opens something. */
const secret = /token|passw|passphrase|secret|credential|auth|(?:api|access|private)_?key/i;

/**
 * An environment without what opens something elsewhere: registries, clouds, tunnels, state. A replica decodes pictures
 * from anybody and needs none of it.
 */
export function withoutSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !secret.test(name)));
}
