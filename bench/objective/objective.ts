import { z } from 'zod';

/** A service-level objective: what counts as good enough. */
export const objectiveSchema = z.object({
  /** The share of requests that must be answered, with success, in less than the limit: 0.95 for p95. */
  quantile: z.number().gt(0).lt(1),
  /** The limit, in milliseconds. */
  latencyMs: z.number().positive(),
  /** The share of requests that may fail must be less than this: 0.01 for 1 %. */
  errorShare: z.number().gt(0).max(1),
});

export type Objective = z.infer<typeof objectiveSchema>;

const example = '"p95 < 200ms, errors < 1%"';
const latencyClause = /^p(\d{1,2}(?:\.\d+)?) *< *(\d+(?:\.\d+)?) *(ms|s)$/;
const errorClause = /^errors *< *(\d+(?:\.\d+)?) *%$/;

/** What `errors < …` is where only a latency is asked for. */
const usualErrorShare = 0.01;

/**
 * Reads an objective such as `p95 < 200ms, errors < 1%`; the second part may be left out, and is 1 % then.
 *
 * @throws Error that says what to change when the text is not of that form.
 */
export function parseObjective(text: string): Objective {
  const clauses = text.split(',').map((clause) => clause.trim());
  const latencies = clauses.flatMap((clause) => latencyClause.exec(clause) ?? []);
  const errors = clauses.flatMap((clause) => errorClause.exec(clause) ?? []);
  const [, percentile, limit, unit] = latencies;
  const understood = Number(latencies.length > 0) + Number(errors.length > 0);
  if (latencies.length !== 4 || errors.length > 2 || clauses.length !== understood) {
    throw new Error(`${JSON.stringify(text)} is no objective: write it as in ${example}`);
  }
  const objective = objectiveSchema.safeParse({
    quantile: Number(percentile) / 100,
    latencyMs: Number(limit) * (unit === 's' ? 1000 : 1),
    errorShare: errors[1] === undefined ? usualErrorShare : Number(errors[1]) / 100,
  });
  if (objective.success) return objective.data;
  throw new Error(
    `${JSON.stringify(text)} can never be kept: the percentile, the limit and the errors must be above 0, and errors at most 100%`,
  );
}

/** The objective as a person reads it: `p95 < 200 ms, errors < 1 %`. */
export function formatObjective({ quantile, latencyMs, errorShare }: Objective): string {
  const limit = latencyMs >= 1000 ? `${short(latencyMs / 1000)} s` : `${short(latencyMs)} ms`;
  return `p${short(quantile * 100)} < ${limit}, errors < ${short(errorShare * 100)} %`;
}

/** Without the digits that binary fractions add: 0.07 times 100 is 7. */
function short(value: number): string {
  return String(Number(value.toPrecision(12)));
}
