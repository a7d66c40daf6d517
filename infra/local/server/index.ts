export { AppServer } from './app-server.ts';
