export { Generator, type OpenLoop } from './generator.ts';
