import { expect, test } from 'vitest';
import { parseEnvironment } from './minikube-docker.ts';

test.each([
  'DOCKER_TLS_VERIFY=1\nDOCKER_HOST=tcp://192.168.49.2:2376\nDOCKER_CERT_PATH=/home/me/.minikube/certs\nMINIKUBE_ACTIVE_DOCKERD=minikube\n',
  'export DOCKER_TLS_VERIFY="1"\nexport DOCKER_HOST="tcp://192.168.49.2:2376"\nexport DOCKER_CERT_PATH="/home/me/.minikube/certs"\n\n# To point your shell\n',
])('the daemon is read from what Minikube prints, form %#', (printed) => {
  expect(parseEnvironment(printed)).toEqual({
    DOCKER_HOST: 'tcp://192.168.49.2:2376',
    DOCKER_CERT_PATH: '/home/me/.minikube/certs',
  });
});

test('something else is refused', () => {
  expect(() => parseEnvironment('The control plane is not running')).toThrow('names no DOCKER_HOST');
});
