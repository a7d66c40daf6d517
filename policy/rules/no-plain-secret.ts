import { containersOf, type KubernetesObject, kindOf, podOf } from '../kubernetes/index.ts';
import type { ObjectRule } from './rule.ts';

const secretName = /passw(or)?d|secret|token|credential|licen[cs]e|api_?key|private_?key/;
const secretValue = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

export const noPlainSecret: ObjectRule = {
  name: 'no-plain-secret',
  description: 'What is secret stands in a Secret, not in a variable of a container or in a ConfigMap.',
  check: (object) => [...inVariables(object), ...(kindOf(object) === 'ConfigMap' ? inConfigMap(object) : [])],
};

function inVariables(object: KubernetesObject): string[] {
  return containersOf(podOf(object)).flatMap(({ name, env = [] }) =>
    env
      .filter((variable) => isSecret(variable.name, variable.value))
      .map((variable) => `container ${name}: take ${variable.name} from a Secret, by valueFrom.secretKeyRef`),
  );
}

function inConfigMap(object: KubernetesObject): string[] {
  return Object.entries((object.props['data'] as Record<string, string> | undefined) ?? {})
    .filter(([key, value]) => isSecret(key, value))
    .map(([key]) => `move ${key} to a Secret`);
}

/** Told by the name, written as `apiKey`, `API_KEY` or `api-key`, or by the value; an empty one tells nothing. */
function isSecret(name: string, value: string | undefined): boolean {
  if (!value) return false;
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[-.]/g, '_');
  return secretName.test(words.toLowerCase()) || secretValue.test(value);
}
