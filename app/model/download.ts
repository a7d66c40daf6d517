import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ModelError } from './error.ts';
import { parseModelJson, readGraphModel, shardNames, weightBytes } from './graph-model.ts';
import { type Progress, showProgress } from './progress.ts';
import type { Web } from './web.ts';

/** The model that npm's @tensorflow-models/mobilenet names for version 2, alpha 1.0. */
const modelPath = 'google/imagenet/mobilenet_v2_100_224/classification/2';
const tfHub = 'https://tfhub.dev';

/** No model.json is larger, in bytes. */
const maxModelJson = 10_000_000;

/** A download that brings nothing for this long has failed, in milliseconds. */
const stall = 20_000;

/** How the folders of downloads under way are called. */
const prefix = '.download-';

/** A download that nothing was added to for this long was killed, in milliseconds. */
const abandoned = 3_600_000;

/** Who has held the lock for this long, in milliseconds, was killed. */
const lockedMs = 30_000;

export interface DownloadOptions {
  /** Folder that keeps the model. */
  cacheDir: string;
  /** Take what is in the cache, or fail. */
  offline: boolean;
  /** Where TF Hub is. */
  hub?: string;
  /** Where progress is shown; standard error when left out. */
  out?: NodeJS.WriteStream;
}

/**
 * Gets the TF Hub graph model from the cache, or downloads it into the cache once. The folder appears there whole or not
 * at all, so processes that start together do not clash, and one that is killed leaves no broken model.
 * @returns the folder that holds the model.
 * @throws {ModelError} when it is neither in the cache nor to be had.
 */
export async function downloadModel({ cacheDir, offline, hub = tfHub, out }: DownloadOptions): Promise<string> {
  const folder = join(cacheDir, modelPath.replaceAll('/', '-'));
  if (await isWhole(folder)) {
    return folder;
  }
  if (offline) {
    throw new ModelError(`OFFLINE is set, and ${cacheDir} has no downloaded model.`);
  }
  const source = `${hub}/${modelPath}`;
  try {
    await inCache(() => mkdir(cacheDir, { recursive: true }));
    await inCache(() => removeAbandoned(cacheDir));
    const temporary = await inCache(() => mkdtemp(join(cacheDir, prefix)));
    try {
      await downloadInto(temporary, source, out);
      await inCache(() => putInPlace(temporary, folder));
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  } catch (error) {
    const failed =
      error instanceof CacheError
        ? `The model cannot be kept: ${error.message}. Set MODEL_CACHE_DIR to a folder that can be written and has room`
        : `The model cannot be downloaded from ${source}: ${reasons(error)}`;
    throw new ModelError(failed, { cause: error });
  }
  return folder;
}

/** The folder of the cache does not take what is to be kept. */
class CacheError extends Error {}

async function inCache<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new CacheError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function downloadInto(folder: string, source: string, out?: NodeJS.WriteStream): Promise<void> {
  // Here, since a start that finds the model in the cache does without it.
  const { Web } = await import('./web.ts');
  const web = new Web();
  try {
    await downloadOver(web, folder, source, out);
  } finally {
    await web.close();
  }
}

async function downloadOver(web: Web, folder: string, source: string, out?: NodeJS.WriteStream): Promise<void> {
  const text = Buffer.concat(await get(web, `${source}/model.json`, maxModelJson)).toString('utf8');
  const json = parseModelJson(text, `${source}/model.json`);
  const total = weightBytes(json);
  const progress = showProgress('Downloading MobileNetV2', total, out);
  let done = 0;
  await inCache(() => writeFile(join(folder, 'model.json'), text));
  for (const name of shardNames(json)) {
    const chunks = await get(web, `${source}/${name}`, total - done, { to: (bytes) => progress.to(done + bytes) });
    await inCache(() => writeFile(join(folder, name), chunks));
    done += chunks.reduce((sum, { length }) => sum + length, 0);
  }
  await readGraphModel(join(folder, 'model.json'));
}

async function get(web: Web, url: string, most: number, progress?: Progress): Promise<Uint8Array[]> {
  const abort = new AbortController();
  const stalled = setTimeout(() => abort.abort(new Error(`nothing came for ${stall / 1000} s`)), stall);
  try {
    const response = await web.fetch(`${url}?tfjs-format=file`, abort.signal);
    if (!response.ok || response.body === null) {
      throw new Error(`${url} answers ${response.status} ${response.statusText}`);
    }
    const chunks: Uint8Array[] = [];
    let held = 0;
    for await (const chunk of response.body) {
      stalled.refresh();
      chunks.push(chunk);
      held += chunk.length;
      if (held > most) {
        throw new Error(`${url} has more bytes than it should`);
      }
      progress?.to(held);
    }
    return chunks;
  } finally {
    clearTimeout(stalled);
    abort.abort();
  }
}

/** Starts that were killed could not take away what they had. */
async function removeAbandoned(cacheDir: string): Promise<void> {
  for (const name of (await readdir(cacheDir)).filter((each) => each.startsWith(prefix))) {
    const folder = join(cacheDir, name);
    const touched = await stat(folder).catch(() => undefined);
    if (touched !== undefined && Date.now() - touched.mtimeMs > abandoned) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** Another process may have been faster, or may have left a broken folder there. */
async function putInPlace(temporary: string, folder: string): Promise<void> {
  const put = () =>
    rename(temporary, folder).then(
      () => undefined,
      (error: unknown) => error,
    );
  if ((await put()) === undefined || (await isWhole(folder))) {
    return;
  }
  // Nobody else can put a model where a broken one is, so that what is found broken now is no good one of another start.
  const release = await lock(`${folder}.lock`);
  try {
    if (await isWhole(folder)) {
      return;
    }
    const broken = `${temporary}-broken`;
    await rename(folder, broken);
    const failure = await put();
    await rm(broken, { recursive: true, force: true });
    if (failure !== undefined && !(await isWhole(folder))) {
      throw failure;
    }
  } finally {
    await release();
  }
}

/** One process at a time has a lock, which is a folder; one that was killed with it is not waited for. */
async function lock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      await mkdir(path);
      return () => rm(path, { recursive: true, force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
        throw error;
      }
      const made = await stat(path).catch(() => undefined);
      if (made !== undefined && Date.now() - made.mtimeMs > lockedMs) {
        await rm(path, { recursive: true, force: true });
      }
      await sleep(20);
    }
  }
}

async function isWhole(folder: string): Promise<boolean> {
  return readGraphModel(join(folder, 'model.json')).then(
    () => true,
    () => false,
  );
}

/** The message with those of its causes: `fetch` says only "fetch failed" itself. */
function reasons(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error.cause === undefined || error instanceof ModelError
    ? error.message
    : `${error.message}: ${reasons(error.cause)}`;
}
