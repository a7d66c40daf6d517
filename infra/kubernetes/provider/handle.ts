import { isDeepStrictEqual } from 'node:util';
import type * as pulumi from '@pulumi/pulumi';
import type { z } from 'zod';
import type { Request } from './request.ts';

/** What a handler may use besides its arguments. */
export interface Context {
  /** Pulumi is gone, or told to stop: end in order. */
  signal: AbortSignal;
  /** Shows a line to who runs Pulumi. */
  progress(line: string): void;
}

type Outs = Record<string, unknown>;

/** What a resource does. States are `{...inputs, ...outs}`; inputs come checked. */
export interface Handlers<I extends object> {
  inputs: z.ZodType<I>;
  create(inputs: I, context: Context): Promise<{ id: string; outs: Outs }>;
  /** Without it, the state is taken to be as it was. Nothing means that the resource is gone. */
  read?(id: string, state: I & Outs, context: Context): Promise<Outs | undefined>;
  update?(id: string, state: I & Outs, inputs: I, context: Context): Promise<Outs>;
  delete?(id: string, state: I & Outs, context: Context): Promise<void>;
  /** Without it, any other input is an update, or with `update` missing, a replacement. */
  diff?(id: string, state: I & Outs, inputs: I): pulumi.dynamic.DiffResult | Promise<pulumi.dynamic.DiffResult>;
}

/** What Pulumi puts in place of a value that is not known before the update. */
const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** Answers one request of Pulumi. */
export async function handle<I extends object>(
  handlers: Handlers<I>,
  request: Request,
  context: Context,
): Promise<unknown> {
  switch (request.method) {
    case 'create': {
      const inputs = check(handlers.inputs, request.news);
      const { id, outs } = await handlers.create(inputs, context);
      return { id, outs: { ...inputs, ...outs } };
    }
    case 'read': {
      if (handlers.read === undefined) return { id: request.id, props: plain(request.olds) };
      const state = stateOf(handlers.inputs, request.olds);
      const outs = await handlers.read(request.id, state, context);
      return outs === undefined ? { id: '', props: {} } : { id: request.id, props: { ...state, ...outs } };
    }
    case 'update': {
      const inputs = check(handlers.inputs, request.news);
      const state = stateOf(handlers.inputs, request.olds);
      return { outs: { ...inputs, ...(await handlers.update?.(request.id, state, inputs, context)) } };
    }
    case 'delete':
      await handlers.delete?.(request.id, stateOf(handlers.inputs, request.olds), context);
      return {};
    case 'diff':
      return diff(handlers, request);
  }
}

function diff<I extends object>(
  handlers: Handlers<I>,
  { id, olds, news }: Extract<Request, { method: 'diff' }>,
): pulumi.dynamic.DiffResult | Promise<pulumi.dynamic.DiffResult> {
  // An input that is not known yet may turn out as another.
  if (JSON.stringify(plain(news)).includes(unknown)) return changed(handlers, Object.keys(plain(news)));
  const inputs = check(handlers.inputs, news);
  const before = handlers.inputs.safeParse(plain(olds));
  if (before.success && handlers.diff !== undefined) {
    return handlers.diff(id, { ...plain(olds), ...before.data } as I & Outs, inputs);
  }
  return before.success && isDeepStrictEqual(before.data, inputs)
    ? { changes: false }
    : changed(handlers, Object.keys(inputs));
}

function changed<I extends object>({ update }: Handlers<I>, keys: string[]): pulumi.dynamic.DiffResult {
  return { changes: true, ...(update === undefined && { replaces: keys }) };
}

/** A state that another version of the project has left may lack inputs; handlers get what there is. */
function stateOf<I extends object>(schema: z.ZodType<I>, olds: Outs): I & Outs {
  const state = plain(olds);
  return { ...state, ...schema.safeParse(state).data } as I & Outs;
}

function check<I>(schema: z.ZodType<I>, given: Outs): I {
  const { success, data, error } = schema.safeParse(plain(given));
  if (success) return data;
  throw new Error(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}

/** Without the provider's own text. */
function plain({ __provider: _, ...properties }: Outs): Outs {
  return properties;
}
