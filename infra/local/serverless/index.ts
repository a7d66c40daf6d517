export { ApiClient } from './api-client.ts';
export { GatewayProcess } from './gateway-process.ts';
export { Serverless, type ServerlessOptions } from './serverless.ts';
