/** What a probe at one rate has shown: the objective was kept, or broken, or nothing, as the client was late itself. */
export type Outcome = 'kept' | 'broken' | 'void';

/** One probe of a search. Steps are rates in order: rates.ts says which. */
export interface Tried {
  step: number;
  outcome: Outcome;
}

export interface SearchSettings {
  /** Where an upper bound is still unknown, the next rate is so many steps higher. */
  growth: number;
  /** The highest step that may be tried. */
  highest: number;
  /** So many probes of the found step in a row must keep the objective. */
  confirmations: number;
  /** Probes at most. */
  probes: number;
}

/** What a search has come to. A step is absent where none has kept, or broken, the objective. */
export interface Conclusion {
  /**
   * `found`: `kept` was confirmed, and the next step has broken the objective twice. `at least`: `kept` was confirmed,
   * and nothing higher could be tried. `none`: the lowest step that is tried was broken. `open`: stopped before that.
   */
  state: 'found' | 'at least' | 'none' | 'open';
  kept?: number;
  broken?: number;
  /** What ended the search above `kept` was the client, which could not send on time. */
  clientLimited: boolean;
}

/** A break may be a hiccup of the machine, so it is believed when it has come twice; a void probe is tried twice too. */
const believed = 2;

/** A search goes no lower than its first step less so many times the growth. */
const shrinks = 2;

/**
 * The step to probe next, from the probes so far alone; undefined when there is nothing left to find out. It grows until
 * the objective breaks, halves what lies between, and then tries the two neighbours that are left again, the higher one
 * first, until both are believed. What turns out differently then moves the bracket, and the search goes on. No step
 * is tried more often than the confirmations times the breaks that are believed, and as often again as it was void:
 * noise at the edge cannot keep a search going.
 */
export function nextStep(tried: readonly Tried[], start: number, settings: SearchSettings): number | undefined {
  const last = tried.at(-1);
  if (last === undefined) return Math.min(start, settings.highest);
  if (tried.length >= settings.probes) return undefined;
  if (last.outcome === 'void' && !isWall(tried, last.step)) return last.step;
  const { kept, broken } = bracket(tried);
  if (broken === undefined) {
    if (kept === undefined) return undefined;
    if (kept < settings.highest) return Math.min(kept + settings.growth, settings.highest);
    return isConfirmed(tried, kept, settings) ? undefined : kept;
  }
  if (kept === undefined) {
    const lowest = lowestStep(tried, settings);
    if (broken > lowest) return Math.max(broken - settings.growth, lowest);
    return isBelieved(tried, broken) ? undefined : broken;
  }
  if (broken - kept > 1) return Math.floor((broken + kept) / 2);
  if (!isBelieved(tried, broken)) return broken;
  return isConfirmed(tried, kept, settings) ? undefined : kept;
}

/** What the probes so far show, whether or not the search has come to its end. */
export function conclude(tried: readonly Tried[], settings: SearchSettings): Conclusion {
  const { kept, broken } = bracket(tried);
  const wall = broken !== undefined && isWall(tried, broken);
  const state = (): Conclusion['state'] => {
    if (kept === undefined) {
      const lowest = broken !== undefined && broken <= lowestStep(tried, settings);
      return lowest && !wall && isBelieved(tried, broken) ? 'none' : 'open';
    }
    if (!isConfirmed(tried, kept, settings)) return 'open';
    if (broken === undefined) return kept >= settings.highest ? 'at least' : 'open';
    if (broken - kept > 1 || !isBelieved(tried, broken)) return 'open';
    return wall ? 'at least' : 'found';
  };
  return {
    state: state(),
    ...(kept === undefined ? {} : { kept }),
    ...(broken === undefined || wall ? {} : { broken }),
    clientLimited: wall,
  };
}

/** The lowest step that is taken for broken, and the highest below it that was kept: what lies above is not trusted. */
function bracket(tried: readonly Tried[]): { kept?: number; broken?: number } {
  const steps = [...new Set(tried.map(({ step }) => step))].sort((a, b) => a - b);
  const broken = steps.find((step) => latest(tried, step) === 'broken');
  const kept = steps.findLast((step) => step < (broken ?? Infinity) && latest(tried, step) === 'kept');
  return { ...(kept === undefined ? {} : { kept }), ...(broken === undefined ? {} : { broken }) };
}

/** What a step is taken for: what it has shown last, but once broken twice it stays so. */
function latest(tried: readonly Tried[], step: number): Outcome | undefined {
  if (isBelieved(tried, step)) return 'broken';
  return of(tried, step).findLast((outcome) => outcome !== 'void');
}

function isBelieved(tried: readonly Tried[], step: number): boolean {
  return isWall(tried, step) || of(tried, step).filter((outcome) => outcome === 'broken').length >= believed;
}

/** The client could not send at this rate, so nothing beyond it can be known. */
function isWall(tried: readonly Tried[], step: number): boolean {
  return of(tried, step).filter((outcome) => outcome === 'void').length >= believed;
}

function isConfirmed(tried: readonly Tried[], step: number, { confirmations }: SearchSettings): boolean {
  const shown = of(tried, step).filter((outcome) => outcome !== 'void');
  return shown.length >= confirmations && shown.slice(-confirmations).every((outcome) => outcome === 'kept');
}

function lowestStep(tried: readonly Tried[], { growth }: SearchSettings): number {
  return (tried[0]?.step ?? 0) - shrinks * growth;
}

function of(tried: readonly Tried[], step: number): Outcome[] {
  return tried.filter((each) => each.step === step).map(({ outcome }) => outcome);
}
