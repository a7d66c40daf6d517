import { z } from 'zod';
import { manifestSchema } from '../record/index.ts';

/** How far a mirror has come: bytes of each file, lines of progress. */
export const cursorSchema = z.object({
  samples: z.int().nonnegative(),
  events: z.int().nonnegative(),
  progress: z.int().nonnegative(),
  /** Status of the manifest; absent until one came. */
  status: manifestSchema.shape.status.optional(),
});

export type Cursor = z.infer<typeof cursorSchema>;

/** What a run has to tell since a cursor: whole lines alone. */
export const newsSchema = z.object({
  cursor: cursorSchema,
  samples: z.string(),
  events: z.string(),
  progress: z.array(z.string()),
  /** Absent until the run folder is made, and when it has not changed: recorded traffic makes it large. */
  manifest: manifestSchema.optional(),
  /** Nothing more comes, once all of this has been read. */
  ended: z.boolean(),
  /** Why the run did not come to its end, in a line. */
  error: z.string().optional(),
});

export type News = z.infer<typeof newsSchema>;
