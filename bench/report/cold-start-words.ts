import type { ColdStartPart } from '../summary/index.ts';

/** What happens in each part of a cold start. */
export const partWords: Record<ColdStartPart, string> = {
  react: 'the platform asks for a replica',
  schedule: 'it gets a node',
  pull: 'its node has the image',
  start: 'its process',
  runtime: 'Node.js and imports',
  load: 'the model',
  'first answer': 'from a ready replica to the answer',
};
