import { serveProvider } from '../infra/kubernetes/provider/index.ts';
import { benchmarkResource } from './benchmark-resource.ts';

await serveProvider(benchmarkResource);
