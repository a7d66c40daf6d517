import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { type Check, parseCheck } from '../checks/index.ts';
import { type Prices, readPrices } from '../cost/index.ts';
import { readRecorded } from '../load/index.ts';
import { parseObjective } from '../objective/index.ts';
import { type Profile, profiles, type Settings } from '../record/index.ts';
import { parseTarget, type Target } from '../target/index.ts';
import { fileSchema, type ScenarioFileText } from './schema.ts';

/** What a scenario file says, ready to be run. What is absent is for the caller to choose. */
export interface ScenarioFile {
  name?: string;
  profile: Profile;
  settings: Settings;
  targets?: Target[];
  /** Names of the scenarios to run. */
  scenarios?: string[];
  /** Absolute path of a folder. */
  photos?: string;
  prices?: Prices;
  seed?: number;
  checks: Check[];
}

/**
 * Reads a scenario file.
 *
 * @param profile where what the file does not say is from, instead of the profile that it names.
 * @throws Error that names the file and says what to change in it.
 */
export function readScenarioFile(path: string, profile?: Profile): ScenarioFile {
  try {
    const given = fileSchema.safeParse(parse(readFileSync(path, 'utf8')));
    if (!given.success) {
      const faults = given.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
      throw new Error(faults.join('; '));
    }
    return resolveFile(given.data, dirname(resolve(path)), profile ?? given.data.profile);
  } catch (cause) {
    // A fault of YAML goes on with the lines where it is, and these may hold a password.
    const [why = ''] = (cause instanceof Error ? cause.message : String(cause)).split(':\n', 1);
    throw new Error(`scenario file ${path}: ${why} (docs/scenario-files.md has all keys)`, { cause });
  }
}

function resolveFile(text: ScenarioFileText, folder: string, profile: Profile): ScenarioFile {
  const { name, targets, photos, prices, seed, scenarios, failIf = [] } = text;
  return {
    profile,
    settings: settingsOf(text, profiles[profile], folder),
    checks: failIf.map(parseCheck),
    ...(name !== undefined && { name }),
    ...(targets && { targets: Object.entries(targets).map(([of, url]) => parseTarget(`${of}=${url}`)) }),
    ...(scenarios && { scenarios: Object.keys(scenarios) }),
    ...(photos !== undefined && { photos: existingFolder(resolve(folder, photos)) }),
    ...(prices !== undefined && { prices: readPrices(resolve(folder, prices)) }),
    ...(seed !== undefined && { seed }),
  };
}

function existingFolder(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  throw new Error(`photos: ${path}: there is no such folder`);
}

function settingsOf(text: ScenarioFileText, base: Settings, folder: string): Settings {
  const { timeoutMs, idle, objective, scenarios = {} } = text;
  const { traffic, ...load } = scenarios.autoscaling ?? {};
  const settings: Settings = {
    timeoutMs: timeoutMs ?? base.timeoutMs,
    idle: idle ?? base.idle,
    objective: objective === undefined ? base.objective : parseObjective(objective),
    latency: { ...base.latency, ...given(scenarios.latency) },
    throughput: { ...base.throughput, ...given(scenarios.throughput) },
    capacity: { ...base.capacity, ...given(scenarios.capacity) },
    'cold-start': { ...base['cold-start'], ...given(scenarios['cold-start']) },
    autoscaling: {
      ...base.autoscaling,
      ...given(load),
      ...(traffic !== undefined && { arrivals: readRecorded(resolve(folder, traffic)) }),
    },
    burst: { ...base.burst, ...given(scenarios.burst) },
    'base-burst': { ...base['base-burst'], ...given(scenarios['base-burst']) },
  };
  const { requests, blocks } = settings.latency;
  if (blocks > requests) throw new Error(`scenarios.latency: ${requests} requests cannot be sent in ${blocks} blocks`);
  return settings;
}

/** Partial schemas allow undefined, which YAML cannot say. */
function given<T extends object>(values: T | undefined): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return (values ?? {}) as never;
}
