export { ClassifierFunction, type FunctionArgs, functionName } from './function.ts';
