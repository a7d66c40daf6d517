import type { FunctionSpec } from '../spec.ts';

const quantities = { cpu: '500m', memory: '512Mi' };

/** A function for tests. */
export const spec: FunctionSpec = {
  service: 'classifier',
  namespace: 'openfaas-fn',
  image: 'classifier:1',
  envVars: { OFFLINE: '1' },
  labels: { 'com.openfaas.scale.min': '1' },
  limits: quantities,
  requests: quantities,
  secrets: ['pull'],
  readOnlyRootFilesystem: true,
};
