export { startThread } from './start.ts';
