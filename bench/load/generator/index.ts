export { Generator, type GeneratorOptions } from './generator.ts';
