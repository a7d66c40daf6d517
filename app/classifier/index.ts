export { type Classification, Classifier, type ModelInfo, QueueFull } from './classifier.ts';
export { loadClassifier } from './load.ts';
export { PictureError, type PictureErrorCode } from './picture-error.ts';
