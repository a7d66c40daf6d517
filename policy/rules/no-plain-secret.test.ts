import { expect, it } from 'vitest';
import { configMap, container, deployment, object, podSpec } from '../test-stack/compliant.ts';
import { noPlainSecret } from './no-plain-secret.ts';

const faults = (name: string, value: string | undefined) =>
  noPlainSecret.check(deployment(podSpec({ containers: [container({ env: [{ name, value }] })] })));
// Taken apart, so that no scanner takes this file for a leak.
const privateKey = ['-----BEGIN', 'RSA PRIVATE', 'KEY-----'].join(' ');

it.each(['NGROK_AUTHTOKEN', 'registryPassword', 'api-key', 'apiKey', 'CLIENT_SECRET', 'privateKey', 'LICENSE'])(
  'refuses a variable %s in plain',
  (name) => {
    expect(faults(name, 'x')).toEqual([`container web: take ${name} from a Secret, by valueFrom.secretKeyRef`]);
  },
);

it.each(['OFFLINE', 'THREADS', 'MONKEY', 'KEYBOARD'])('lets %s be', (name) => {
  expect(faults(name, '1')).toEqual([]);
});

it('lets a variable be that has no value of its own, or an empty one', () => {
  expect([...faults('TOKEN', undefined), ...faults('TOKEN', '')]).toEqual([]);
});

it('refuses secrets in a ConfigMap, by their key or by what they are', () => {
  expect(noPlainSecret.check(configMap({ 'a.txt': 'x', password: 'x', 'tls.pem': privateKey }))).toEqual([
    'move password to a Secret',
    'move tls.pem to a Secret',
  ]);
});

it('lets a Secret have them', () => {
  expect(noPlainSecret.check(object('core/v1:Secret', { stringData: { password: 'x' } }))).toEqual([]);
});
