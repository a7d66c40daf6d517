import { z } from 'zod';
import { type Exchange, now, type Photo, send, succeeded } from '../load/index.ts';
import { parseJson, type RunEvent } from '../record/index.ts';
import { addressOf, shownUrl, type Target } from '../target/index.ts';
import type { Context } from './scenario.ts';

/** The part of a classifier's answer that a report shows; endpoints that answer otherwise are measured all the same. */
const answerSchema = z.object({
  top: z.array(z.object({ label: z.string(), probability: z.number() })).min(1),
  model: z.string().optional(),
  backend: z.string().optional(),
  weights: z.string().optional(),
});

/** A target that answered, and whether it closes the connection after each answer. */
export interface Reached {
  target: Target;
  reconnect: boolean;
}

/**
 * Sends every photo to every target once, before anything is measured: shows that targets answer alike, and finds
 * those that cannot be measured. A target is reached when it answers at least one photo with success.
 */
export async function firstAnswers(context: Context): Promise<Reached[]> {
  const reached: Reached[] = [];
  for (const target of context.targets) {
    let answered = false;
    let reconnect = false;
    for (const photo of context.photos) {
      context.progress(`${photo.name} to ${target.name}`);
      const options = {
        ...addressOf(target),
        timeoutMs: context.settings['cold-start'].timeoutMs,
        signal: context.signal,
      };
      const exchange = await send(photo, options);
      context.event(describe(target, photo, exchange));
      answered ||= succeeded(exchange.measured);
      reconnect ||= exchange.header('connection')?.toLowerCase() === 'close';
      if (exchange.measured.error !== undefined) break;
    }
    if (answered) reached.push({ target, reconnect });
  }
  return reached;
}

function describe(target: Target, photo: Photo, { measured, header, body }: Exchange): RunEvent {
  const { status = 0 } = measured;
  // It may repeat what the target's URL has.
  const location = shownUrl(header('location') ?? 'nowhere');
  const failure =
    status >= 300 && status < 400
      ? `it answered ${status}, a redirection to ${location}, which is not followed: give the URL that answers`
      : (measured.detail ?? measured.error);
  const answer = answerSchema.safeParse(parseJson(body.toString('utf8')));
  const top = answer.data?.top[0];
  return {
    kind: 'answer',
    time: now(),
    target: target.name,
    photo: photo.name,
    ...(measured.replica === undefined ? {} : { replica: measured.replica }),
    ...(measured.loading === undefined ? {} : { loading: measured.loading }),
    ...(measured.status === undefined ? {} : { status: measured.status }),
    ...(failure === undefined ? {} : { error: failure }),
    ...(top === undefined ? {} : { label: top.label, probability: top.probability }),
    ...(answer.data?.model === undefined ? {} : { model: answer.data.model }),
    ...(answer.data?.backend === undefined ? {} : { backend: answer.data.backend }),
    ...(answer.data?.weights === undefined ? {} : { weights: answer.data.weights }),
  };
}
