export { Knative, servingNamespace } from './knative.ts';
export { KnativeService } from './service.ts';
