import { z } from 'zod';
import { deploymentSchema } from './deployment.ts';
import { recordedSettingsSchema } from './settings.ts';

/** Grows when a run folder of before can no longer be read. */
export const runFormat = 1;

/** What a run may be called: its folder ends with it. */
export const runNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, 'give letters, digits, dot, dash or underscore, 63 at most');

/** What run.json says: what was measured, where, with which versions and settings. */
export const manifestSchema = z.object({
  format: z.literal(runFormat),
  name: z.string(),
  status: z.enum(['running', 'complete', 'stopped', 'failed']),
  started: z.iso.datetime(),
  ended: z.iso.datetime().optional(),
  profile: z.string(),
  scenarios: z.array(z.string()),
  settings: recordedSettingsSchema,
  seed: z.int(),
  targets: z.array(
    z.object({
      name: z.string(),
      architecture: z.enum(['server', 'serverless', 'hybrid', 'unknown']),
      platform: z.enum(['local', 'kubernetes', 'external']),
      url: z.string(),
    }),
  ),
  photos: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
  host: z.object({
    faceoff: z.string(),
    commit: z.string().optional(),
    node: z.string(),
    os: z.string(),
    cpu: z.string(),
    cores: z.int(),
    memoryBytes: z.int(),
  }),
  /** Targets on Kubernetes have one. */
  deployment: deploymentSchema.optional(),
});

export type Manifest = z.infer<typeof manifestSchema>;
