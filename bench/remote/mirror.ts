import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import type { z } from 'zod';
import { sampleSchema } from '../load/index.ts';
import { eventSchema, type Manifest, parseJson, RunFolder } from '../record/index.ts';
import { type Cursor, type News, newsSchema } from './news.ts';

export interface MirrorOptions {
  /** Where the run is served. */
  url: string;
  /** Folder that gets the run's own folder. */
  results: string;
  /** Ends the run early; what it has until then still comes. */
  signal: AbortSignal;
  progress(line: string): void;
  /** Milliseconds between questions. */
  everyMs: number;
  /** Milliseconds without an answer after which the run is taken for lost. */
  patienceMs: number;
}

/** What came of a run that went on elsewhere. */
export interface MirroredRun {
  /** The run folder here; absent when the run ended before it had one. */
  folder?: string;
  status: Manifest['status'];
  error?: string;
}

/**
 * Makes a run folder here as one grows elsewhere, line by line, and resolves when that run has ended. A run that is
 * lost keeps the lines that came, and has failed.
 */
export async function mirrorRun(options: MirrorOptions): Promise<MirroredRun> {
  const mirror = new Mirror(options);
  const stop = (): void => void mirror.say('stop');
  options.signal.addEventListener('abort', stop, { once: true });
  if (options.signal.aborted) stop();
  const error = await mirror
    .follow()
    .catch((cause: unknown) => (cause instanceof Error ? cause.message : String(cause)));
  options.signal.removeEventListener('abort', stop);
  await mirror.say('collected');
  return mirror.close(error, options.signal.aborted);
}

class Mirror {
  readonly #options: MirrorOptions;
  readonly #full = new AbortController();
  #cursor: Cursor = { samples: 0, events: 0, progress: 0 };
  #folder: RunFolder | undefined;
  #manifest: Manifest | undefined;

  constructor(options: MirrorOptions) {
    this.#options = options;
  }

  /** Takes the news until the run has ended and all of it is here; returns the run's own error. */
  async follow(): Promise<string | undefined> {
    for (;;) {
      const news = await this.#ask();
      await this.#keep(news);
      this.#full.signal.throwIfAborted();
      if (news.samples !== '' || news.events !== '') continue;
      if (news.ended) return news.error;
      await sleep(this.#options.everyMs);
    }
  }

  /** Tells the run to stop, or that all is here. One that does not hear it finds out by itself that nobody asks. */
  async say(what: 'stop' | 'collected'): Promise<void> {
    const answer = await request(new URL(what, this.#options.url), { method: 'POST' }).catch(() => undefined);
    await answer?.body.dump();
  }

  async #ask(): Promise<News> {
    const url = new URL('news', this.#options.url);
    url.searchParams.set('cursor', JSON.stringify(this.#cursor));
    const deadline = performance.now() + this.#options.patienceMs;
    for (;;) {
      try {
        const { statusCode, body } = await request(url, { signal: AbortSignal.timeout(this.#options.patienceMs) });
        const text = await body.text();
        if (statusCode !== 200) throw new Error(`it answered ${statusCode}: ${text.slice(0, 200)}`);
        return newsSchema.parse(parseJson(text));
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        if (performance.now() > deadline)
          throw new Error(`the run could not be reached any more: ${reason}`, { cause });
        await sleep(this.#options.everyMs);
      }
    }
  }

  async #keep({ cursor, manifest, samples, events, progress }: News): Promise<void> {
    for (const line of progress) this.#options.progress(line);
    if (manifest !== undefined) {
      this.#manifest = manifest;
      const running: Manifest = { ...manifest, status: 'running' };
      this.#folder ??= await RunFolder.create(this.#options.results, running, (error) => this.#full.abort(error));
    }
    for (const sample of parseLines(samples, sampleSchema)) this.#folder?.sample(sample);
    for (const event of parseLines(events, eventSchema)) this.#folder?.event(event);
    this.#cursor = cursor;
  }

  /** Closes the folder and says how the run ended, which one that was lost cannot say itself. */
  async close(error: string | undefined, stopped: boolean): Promise<MirroredRun> {
    const own = this.#manifest?.status ?? 'failed';
    const status = own !== 'running' && !this.#full.signal.aborted ? own : stopped ? 'stopped' : 'failed';
    const told = error === undefined ? {} : { error };
    if (this.#folder === undefined || this.#manifest === undefined) return { status, ...told };
    // What broke the folder is the error already.
    await this.#folder.close().catch(() => undefined);
    await this.#folder.write({ ended: new Date().toISOString(), ...this.#manifest, status });
    return { folder: this.#folder.path, status, ...told };
  }
}

function parseLines<Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => schema.parse(parseJson(line)));
}
