import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { manifestSchema, parseJson } from '../record/index.ts';
import { type Cursor, cursorSchema, type News } from './news.ts';
import { readLines } from './read-lines.ts';

export interface ServedRunOptions {
  /** On 127.0.0.1; 0 takes any free one. */
  port: number;
  /** Milliseconds without a question after which whoever mirrored the run is taken for gone. */
  patienceMs: number;
}

/**
 * A run that goes on in this process, told over HTTP to a mirror somewhere else. Every question says how far the mirror
 * has come, so a broken connection loses nothing.
 *
 * `GET /news?cursor=JSON` answers with what came since; `POST /stop` ends the run early; `POST /collected` says that
 * the mirror has everything.
 */
export class ServedRun {
  readonly #server: Server;
  readonly #progress: string[] = [];
  readonly #stop = new AbortController();
  readonly #collected = new AbortController();
  readonly #watch: NodeJS.Timeout;
  #asked = performance.now();
  #ended = false;
  #error: string | undefined;
  /** The run folder, once there is one. */
  folder: string | undefined;

  private constructor(server: Server, patienceMs: number) {
    this.#server = server;
    this.#watch = setInterval(() => {
      if (performance.now() - this.#asked < patienceMs) return;
      this.#stop.abort();
      this.#collected.abort();
    }, patienceMs / 4);
  }

  /** Resolves when questions are answered. @throws Error when the port is taken. */
  static async start({ port, patienceMs }: ServedRunOptions): Promise<ServedRun> {
    const server = createServer((request, response) => {
      run.#answer(request.method ?? '', new URL(request.url ?? '/', 'http://localhost')).then(
        (body) => response.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body ?? {})),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
    const run = new ServedRun(server, patienceMs);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return run;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Aborted when the run should end: it was asked to, or nobody asks any more. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  progress(line: string): void {
    this.#progress.push(line);
  }

  /** Says that the folder is whole, and resolves when the mirror has it, or is gone; then nothing is served any more. */
  async end(error?: string): Promise<void> {
    this.#error = error;
    this.#ended = true;
    if (!this.#collected.signal.aborted) await once(this.#collected.signal, 'abort');
    clearInterval(this.#watch);
    this.#server.close();
    this.#server.closeIdleConnections();
  }

  async #answer(method: string, { pathname, searchParams }: URL): Promise<unknown> {
    this.#asked = performance.now();
    if (method === 'POST' && pathname === '/stop') this.#stop.abort();
    else if (method === 'POST' && pathname === '/collected') this.#collected.abort();
    else if (method === 'GET' && pathname === '/news') {
      return this.#news(cursorSchema.parse(parseJson(searchParams.get('cursor') ?? '')));
    } else return undefined;
    return {};
  }

  async #news(cursor: Cursor): Promise<News> {
    // Read before the files: what is written after this is told with the next answer.
    const ended = this.#ended;
    const path = (name: string): string => join(this.folder ?? '', name);
    const empty = { text: '', next: 0 };
    const told = this.folder !== undefined;
    const samples = told ? await readLines(path('samples.jsonl'), cursor.samples) : empty;
    const events = told ? await readLines(path('events.jsonl'), cursor.events) : empty;
    const progress = this.#progress.slice(cursor.progress);
    const manifest = told ? manifestSchema.parse(parseJson(await readFile(path('run.json'), 'utf8'))) : undefined;
    return {
      cursor: {
        samples: samples.next,
        events: events.next,
        progress: cursor.progress + progress.length,
        status: manifest?.status,
      },
      samples: samples.text,
      events: events.text,
      progress,
      ...(manifest === undefined || manifest.status === cursor.status ? {} : { manifest }),
      ended,
      ...(this.#error === undefined ? {} : { error: this.#error }),
    };
  }
}
