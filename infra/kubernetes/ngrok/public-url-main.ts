import { serveProvider } from '../provider/index.ts';
import { publicUrlHandlers } from './handlers.ts';

await serveProvider(publicUrlHandlers);
