import { text } from 'node:stream/consumers';
import { type Context, type Handlers, handle } from './handle.ts';
import { requestSchema } from './request.ts';

export type { Context, Handlers };

/** Ends a script that a resource is backed by: reads a request from stdin, handles it, and answers on stdout. */
export async function serveProvider<I extends object>(handlers: Handlers<I>): Promise<never> {
  // stdout belongs to the answer.
  console.log = console.error;
  const signal = stopped();
  const context: Context = { signal, progress: (line) => void process.stderr.write(`${line}\n`) };
  let answer: { result: unknown } | { error: string };
  try {
    const request = requestSchema.parse(JSON.parse(await text(process.stdin)));
    answer = { result: await handle(handlers, request, context) };
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) };
  }
  // With Pulumi gone, nobody reads it.
  process.stdout.on('error', () => process.exit());
  await new Promise<void>((resolve) => process.stdout.write(JSON.stringify(answer), () => resolve()));
  process.exit();
}

/** Aborts when this process is told to stop, or the one that started it goes away. */
function stopped(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort(new Error('stopped before it was done'));
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (process.connected) {
    process.once('disconnect', stop);
    // The channel is only watched; it need not keep this process running.
    process.channel?.unref();
  } else if (process.send !== undefined) {
    stop();
  }
  return controller.signal;
}
