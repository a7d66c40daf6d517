import { expect, test } from 'vitest';
import { withoutSecrets } from './environment.ts';

test.each([
  'NGROK_AUTHTOKEN',
  'PULUMI_CONFIG_PASSPHRASE',
  'PULUMI_CONFIG_PASSPHRASE_FILE',
  'PULUMI_ACCESS_TOKEN',
  'REGISTRY_PASSWORD',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'SSH_AUTH_SOCK',
  'OPENAI_API_KEY',
  'npm_config__authToken',
])('%s stays behind', (name) => {
  expect(withoutSecrets({ [name]: 'x' })).toEqual({});
});

test.each(['PATH', 'HOME', 'MODEL_DIR', 'BACKEND', 'THREADS', 'HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS', 'LD_LIBRARY_PATH'])(
  '%s is passed on',
  (name) => {
    expect(withoutSecrets({ [name]: 'x' })).toEqual({ [name]: 'x' });
  },
);
