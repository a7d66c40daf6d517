export { ClientWatch } from './watch.ts';
