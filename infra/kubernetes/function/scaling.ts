import type { StackConfig } from '../../config/index.ts';

/** The labels by which OpenFaaS scales a function. */
export function scaleLabels({
  minReplicas,
  maxReplicas,
  scaleFactor,
  scaleToZero,
}: Omit<StackConfig['serverless'], 'platform'>) {
  return {
    'com.openfaas.scale.min': String(minReplicas),
    'com.openfaas.scale.max': String(maxReplicas),
    'com.openfaas.scale.factor': String(scaleFactor),
    ...(scaleToZero !== undefined && {
      'com.openfaas.scale.zero': 'true',
      'com.openfaas.scale.zero-duration': `${scaleToZero}m`,
    }),
  };
}
