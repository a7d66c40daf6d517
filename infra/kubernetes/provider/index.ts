export { scriptProvider } from './script-provider.ts';
export { type Context, type Handlers, serveProvider } from './serve.ts';
