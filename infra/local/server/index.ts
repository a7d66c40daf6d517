export { AppServer, type AppServerOptions } from './app-server.ts';
