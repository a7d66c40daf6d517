export { ClassifierImage } from './classifier-image.ts';
