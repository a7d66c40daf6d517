import { serveProvider } from '../provider/index.ts';
import { serviceHandlers } from './service-handlers.ts';

await serveProvider(serviceHandlers);
