export type { Classification, Classifier, ModelInfo } from './classifier.ts';
export { loadClassifier } from './load.ts';
export { PictureError, type PictureErrorCode } from './picture-error.ts';
export { QueueFull } from './queue-full.ts';
export { WorkerLost } from './worker-lost.ts';
