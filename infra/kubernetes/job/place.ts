import { z } from 'zod';

/** Where a Job runs, and as whom: an output of the stack. */
export const jobPlaceSchema = z.object({
  /** The stack that it belongs to. */
  stack: z.string(),
  namespace: z.string(),
  serviceAccount: z.string(),
  /** One with Node.js. */
  image: z.string(),
  /** A Secret of the namespace, if the image needs one. */
  pullSecret: z.string().optional(),
});

export type JobPlace = z.infer<typeof jobPlaceSchema>;
