export { port as serverPort } from './pod.ts';
export { Server, type ServerArgs } from './server.ts';
