import { serveProvider } from '../provider/index.ts';
import { servingHandlers } from './serving-handlers.ts';

await serveProvider(servingHandlers);
