import { testEnvironment } from '../../../app/test/classifier.ts';
import { type LocalPlatform, startLocal } from '../../../infra/local/index.ts';

/** The real service as a server and as a function that has two replicas from the start. */
export function startPlatform(onLog: (line: string) => void): Promise<LocalPlatform> {
  return startLocal({
    architectures: ['server', 'serverless'],
    env: testEnvironment,
    function: { min: 2, max: 2 },
    onLog,
  });
}
