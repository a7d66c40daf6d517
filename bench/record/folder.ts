import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { z } from 'zod';
import { type Sample, sampleSchema } from '../load/index.ts';
import { eventSchema, type RunEvent } from './event.ts';
import { type Manifest, manifestSchema } from './manifest.ts';

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
  #failure: Error | undefined;

  private constructor(path: string) {
    this.path = path;
    this.#samples = this.#append(names.samples);
    this.#events = this.#append(names.events);
  }

  /**
   * Makes `parent/<time>-<name>` and points `parent/latest` to it.
   *
   * @throws Error with the path when it cannot be written.
   */
  static async create(parent: string, manifest: Manifest): Promise<RunFolder> {
    const time = manifest.started.replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');
    const path = join(parent, `${time}-${manifest.name}`);
    await mkdir(path, { recursive: true }).catch((cause: Error) => {
      throw new Error(`the run folder ${path} cannot be made: ${cause.message}`, { cause });
    });
    const folder = new RunFolder(path);
    await folder.write(manifest);
    await pointLatest(path);
    return folder;
  }

  #append(name: string): WriteStream {
    const stream = createWriteStream(join(this.path, name), { flags: 'a' });
    stream.on('error', (error) => {
      this.#failure ??= error;
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
    if (this.#failure !== undefined) throw this.#failure;
    stream.write(`${JSON.stringify(value)}\n`);
  }

  /** Replaces run.json whole. */
  async write(manifest: Manifest): Promise<void> {
    const path = join(this.path, names.manifest);
    await writeFile(`${path}.new`, `${JSON.stringify(manifest, null, 2)}\n`);
    await rename(`${path}.new`, path);
  }

  /** Resolves once every line is on disk. */
  async close(): Promise<void> {
    for (const stream of [this.#samples, this.#events]) {
      stream.end();
      await finished(stream);
    }
  }
}

async function pointLatest(path: string): Promise<void> {
  const link = join(dirname(path), 'latest');
  await rm(link, { force: true });
  await symlink(basename(path), link, 'dir');
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
  const manifest = manifestSchema.safeParse(parse(text));
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
    const value = schema.safeParse(parse(line));
    if (!value.success) throw new Error(`${path}, line ${index + 1}: ${problem(value.error)}`);
    return value.data;
  });
  const last = schema.safeParse(parse(cutShort ?? ''));
  return last.success ? [...values, last.data] : values;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problem(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'not valid' : `${issue.path.join('.') || 'the value'}: ${issue.message}`;
}
