export { Server, type ServerArgs } from './server.ts';
