export { GatewayProcess } from './gateway-process.ts';
export { Serverless } from './serverless.ts';
