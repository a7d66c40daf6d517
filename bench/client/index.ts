export { watchClient } from './watch.ts';
