import { z } from 'zod';

/** Why a request has no answer; malformed is one that came and is no HTTP. */
const failures = ['timeout', 'connection', 'malformed'] as const;

/** Milliseconds since 1970, with fractions. */
const time = z.number().nonnegative();

/**
 * One request, as a line of samples.jsonl. Latency is `answered - intended`; in a closed loop a request is intended
 * when it is sent. A request without an answer has `error`, and `answered` is when it was given up.
 */
export const sampleSchema = z.object({
  scenario: z.string(),
  target: z.string(),
  /** Number of the interleaved block (or of the trial) that it belongs to, from 0. */
  block: z.int().nonnegative(),
  photo: z.string(),
  intended: time,
  sent: time,
  answered: time,
  status: z.int().min(100).max(599).optional(),
  error: z.enum(failures).optional(),
  /** What the error said, one line. */
  detail: z.string().optional(),
  /** Which replica answered, as its `x-replica-id` header says. */
  replica: z.string().optional(),
  /** Which part of the target it was given to, as the `x-routed-to` header of a router says. */
  servedBy: z.string().optional(),
  /** From the replica's own headers: when its process started, began to load the model, and was ready. */
  started: time.optional(),
  loading: time.optional(),
  ready: time.optional(),
});

export type Sample = z.infer<typeof sampleSchema>;

/** A sample before the scenario has said what it belongs to. */
export type Measured = Omit<Sample, 'scenario' | 'target' | 'block'>;

/** Milliseconds from when a request should have gone out to the end of its answer. */
export function latency(sample: Sample): number {
  return sample.answered - sample.intended;
}

/** What became of a request: the status of its answer, or why it has none. */
interface Outcome {
  status?: number | undefined;
  error?: string | undefined;
}

/** Whether the target answered it with a 2xx status. */
export function succeeded({ status, error }: Outcome): boolean {
  return error === undefined && status !== undefined && status >= 200 && status < 300;
}
