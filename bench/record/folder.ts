import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, readFile, rename, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { z } from 'zod';
import { type Sample, sampleSchema } from '../load/index.ts';
import { eventSchema, type RunEvent } from './event.ts';
import { type Manifest, manifestSchema, runFormat } from './manifest.ts';
import { parseJson } from './parse-json.ts';
import { replaceFile } from './replace-file.ts';

const names = { manifest: 'run.json', samples: 'samples.jsonl', events: 'events.jsonl' };

/** All that a run left behind, read back and checked. */
export interface RunRecord {
  manifest: Manifest;
  samples: Sample[];
  events: RunEvent[];
}

/** The folder of a run while it is made. Samples and events are appended as they happen, so a stopped run keeps them. */
export class RunFolder {
  readonly path: string;
  readonly #samples: WriteStream;
  readonly #events: WriteStream;
  readonly #onFailure: (error: Error) => void;
  #failure: Error | undefined;

  private constructor(path: string, onFailure: (error: Error) => void) {
    this.path = path;
    this.#onFailure = onFailure;
    this.#samples = this.#append(names.samples);
    this.#events = this.#append(names.events);
  }

  /**
   * Makes `parent/<time>-<name>` and points `parent/latest` to it. `onFailure` is told once when a line cannot be
   * written, as on a full disk; nothing is written after that.
   *
   * @throws Error with the path when it cannot be written.
   */
  static async create(
    parent: string,
    manifest: Manifest,
    onFailure: (error: Error) => void = () => undefined,
  ): Promise<RunFolder> {
    const time = manifest.started.replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');
    const path = await makeFolder(join(parent, `${time}-${manifest.name}`)).catch((cause: Error) => {
      throw new Error(`no run folder can be made in ${parent}: ${cause.message}`, { cause });
    });
    const folder = new RunFolder(path, onFailure);
    await folder.write(manifest);
    await pointLatest(path);
    return folder;
  }

  #append(name: string): WriteStream {
    const stream = createWriteStream(join(this.path, name), { flags: 'a' });
    stream.on('error', (error) => {
      if (this.#failure !== undefined) return;
      this.#failure = new Error(`the run folder cannot be written: ${error.message}`, { cause: error });
      this.#onFailure(this.#failure);
    });
    return stream;
  }

  sample(sample: Sample): void {
    this.#line(this.#samples, sample);
  }

  event(event: RunEvent): void {
    this.#line(this.#events, event);
  }

  #line(stream: WriteStream, value: unknown): void {
    if (this.#failure === undefined) stream.write(`${JSON.stringify(value)}\n`);
  }

  /** Replaces run.json whole. */
  async write(manifest: Manifest): Promise<void> {
    await replaceFile(join(this.path, names.manifest), `${JSON.stringify(manifest, null, 2)}\n`);
  }

  /** Resolves once every line is on disk. @throws Error when one could not be written. */
  async close(): Promise<void> {
    for (const stream of [this.#samples, this.#events]) {
      stream.end();
      if (!stream.errored) await finished(stream).catch(() => undefined);
    }
    if (this.#failure !== undefined) throw this.#failure;
  }
}

/** Two runs of the same second and name get a folder each. */
async function makeFolder(path: string, attempt = 1): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const free = attempt === 1 ? path : `${path}-${attempt}`;
  try {
    await mkdir(free);
    return free;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return makeFolder(path, attempt + 1);
    throw error;
  }
}

async function pointLatest(path: string): Promise<void> {
  const link = join(dirname(path), `.latest-${basename(path)}`);
  await symlink(basename(path), link, 'dir');
  await rename(link, join(dirname(path), 'latest'));
}

/**
 * Reads a run folder back. A last line cut short, as a killed run leaves it, is passed over.
 *
 * @throws Error that names the file and the line when anything else is not as docs/run-folder.md says.
 */
export async function readRun(path: string): Promise<RunRecord> {
  const text = await readFile(join(path, names.manifest), 'utf8').catch(() => {
    throw new Error(`${path} is not a run folder: it has no ${names.manifest}`);
  });
  const json = parseJson(text);
  const format = z.object({ format: z.unknown() }).safeParse(json).data?.format;
  if (format !== undefined && format !== runFormat) {
    throw new Error(`${path} is of format ${String(format)}; this Faceoff reads format ${runFormat}`);
  }
  const manifest = manifestSchema.safeParse(json);
  if (!manifest.success) throw new Error(`${join(path, names.manifest)}: ${problem(manifest.error)}`);
  return {
    manifest: manifest.data,
    samples: await readLines(join(path, names.samples), sampleSchema),
    events: await readLines(join(path, names.events), eventSchema),
  };
}

async function readLines<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>[]> {
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n');
  const cutShort = lines.pop();
  const values = lines.map((line, index) => {
    const value = schema.safeParse(parseJson(line));
    if (!value.success) throw new Error(`${path}, line ${index + 1}: ${problem(value.error)}`);
    return value.data;
  });
  const last = schema.safeParse(parseJson(cutShort ?? ''));
  return last.success ? [...values, last.data] : values;
}

function problem(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'not valid' : `${issue.path.join('.') || 'the value'}: ${issue.message}`;
}
