export { ClassifierFunction, type FunctionArgs } from './function.ts';
