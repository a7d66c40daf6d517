import { z } from 'zod';
import { parseObjective } from '../objective/index.ts';
import { profiles, runNameSchema, settingsSchema } from '../record/index.ts';
import { parseTarget } from '../target/index.ts';

const { shape } = settingsSchema;

/** What a file may say of a scenario; the rest is as in its profile. */
const scenarioShapes = {
  latency: shape.latency.partial().strict(),
  throughput: shape.throughput.partial().strict(),
  capacity: shape.capacity.partial().strict(),
  'cold-start': shape['cold-start'].partial().strict(),
  autoscaling: shape.autoscaling
    .partial()
    .extend({
      traffic: z
        .string()
        .min(1)
        .describe('CSV file of recorded traffic to send, from this file’s folder on.')
        .optional(),
    })
    .strict()
    .refine(({ traffic, arrivals }) => traffic === undefined || arrivals === undefined, 'give traffic or arrivals')
    .refine(
      ({ traffic, arrivals, rate, seconds }) => (traffic ?? arrivals) === undefined || (rate ?? seconds) === undefined,
      'give a rate and seconds, or arrivals, or traffic',
    ),
  burst: shape.burst.partial().strict(),
  'base-burst': shape['base-burst'].partial().strict(),
};

/** Why a text cannot be read; undefined when it can. */
function fault(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A scenario file as it is written. Amounts are for each target; they replace those of the profile. */
export const fileSchema = z.strictObject({
  name: runNameSchema.describe('End of the run folder’s name.').optional(),
  profile: z
    .enum(Object.keys(profiles) as [keyof typeof profiles])
    .default('quick')
    .describe('Where everything that is not said here is from.'),
  targets: z
    .record(z.string(), z.string())
    .describe(
      'Endpoints to measure, a URL by its name. Without it, the classifier is served both ways on this machine.',
    )
    .superRefine((targets, context) => {
      for (const [name, url] of Object.entries(targets)) {
        const message = fault(() => parseTarget(`${name}=${url}`));
        if (message !== undefined) context.addIssue(message);
      }
      if (Object.keys(targets).length === 0) context.addIssue('name one at least, or leave this out');
    })
    .optional(),
  photos: z.string().min(1).describe('Folder of the pictures to send, from this file’s folder on.').optional(),
  prices: z.string().min(1).describe('File of prices for the costs, from this file’s folder on.').optional(),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .describe('Seed of the random order.')
    .optional(),
  objective: z
    .string()
    .superRefine((text, context) => {
      const message = fault(() => parseObjective(text));
      if (message !== undefined) context.addIssue(message);
    })
    .describe('What capacity and burst ask for, as in: p95 < 200ms, errors < 1%')
    .optional(),
  timeoutMs: z
    .int()
    .min(1000)
    .multipleOf(1000)
    .describe('Milliseconds after which a request counts as timed out; whole seconds.')
    .optional(),
  idle: shape.idle.strict().describe('Seconds without requests before anything is measured.').optional(),
  scenarios: z
    .strictObject(scenarioShapes)
    .partial()
    .refine((chosen) => Object.keys(chosen).length > 0, 'name one at least, or leave this out')
    .describe('Only these are run, each with what is given. Without it, all are.')
    .optional(),
  failIf: z.array(z.string().min(1)).describe('Checks that decide the exit code, as in: p95 > 200ms').optional(),
});

/** A scenario file as it is read, its paths and texts not looked up yet. */
export type ScenarioFileText = z.infer<typeof fileSchema>;

/** The JSON schema from which editors complete a scenario file. */
export function jsonSchema(): object {
  return { title: 'Faceoff scenario file', ...z.toJSONSchema(fileSchema, { io: 'input' }) };
}
