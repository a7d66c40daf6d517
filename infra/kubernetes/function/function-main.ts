import { serveProvider } from '../provider/index.ts';
import { functionHandlers } from './handlers.ts';

await serveProvider(functionHandlers);
