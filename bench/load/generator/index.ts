export { Generator } from './generator.ts';
