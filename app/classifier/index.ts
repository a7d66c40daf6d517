export { Classifier, type Classification, type ModelInfo } from './classifier.ts';
export { loadClassifier } from './load.ts';
export { PictureError, type PictureErrorCode } from './picture-error.ts';
