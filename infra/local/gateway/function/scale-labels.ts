import { z } from 'zod';
import type { Scale } from '../scaling/index.ts';
import { parseDuration } from './duration.ts';

/** Labels that set how a function is scaled; the last two as OpenFaaS Pro names them. */
export const scaleLabels = {
  min: 'com.openfaas.scale.min',
  max: 'com.openfaas.scale.max',
  factor: 'com.openfaas.scale.factor',
  zero: 'com.openfaas.scale.zero',
  zeroDuration: 'com.openfaas.scale.zero-duration',
} as const;

/** More processes of a classifier than any one machine should be asked for by mistake. */
export const mostReplicas = 100;

/** How a function is scaled. */
export interface FunctionScale extends Scale {
  /** Idle time after which it is scaled to zero, in milliseconds; absent: never. */
  idleMs?: number;
}

const whole = (least: number, most: number, otherwise: number) => {
  const allowed = `a whole number from ${least} to ${most}`;
  const inRange = (value: number) => value >= least && value <= most;
  return z.string().regex(/^\d+$/, allowed).transform(Number).refine(inRange, allowed).default(otherwise);
};

const duration = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  context.addIssue({ code: 'custom', message: 'a duration above zero, as 90s or 15m' });
  return z.NEVER;
});

/** Reads the labels; what is not set has OpenFaaS's default. */
export const scaleSchema = z
  .object({
    // A minimum of zero is said by scale.zero: without a call nothing would run otherwise.
    [scaleLabels.min]: whole(1, mostReplicas, 1),
    [scaleLabels.max]: whole(1, mostReplicas, 5),
    [scaleLabels.factor]: whole(0, 100, 10),
    [scaleLabels.zero]: z.enum(['true', 'false'], 'true or false').default('false'),
    [scaleLabels.zeroDuration]: duration.default(15 * 60_000),
  })
  .transform((labels): FunctionScale => {
    const idle = labels[scaleLabels.zero] === 'true' ? { idleMs: labels[scaleLabels.zeroDuration] } : {};
    return { min: labels[scaleLabels.min], max: labels[scaleLabels.max], factor: labels[scaleLabels.factor], ...idle };
  })
  .refine(({ min, max }) => min <= max, `${scaleLabels.min} is above ${scaleLabels.max}`);
