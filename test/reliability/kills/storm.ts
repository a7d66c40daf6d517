import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, seeded, shuffled } from '../../../bench/stats/index.ts';
import type { LocalPlatform } from '../../../infra/local/index.ts';
import { load, type Outcome } from './load.ts';
import type { Question } from './requests.ts';
import { type Kill, type VictimKind, Victims } from './victims.ts';

export interface StormOptions {
  platform: LocalPlatform;
  questions: readonly Question[];
  /**
   * What may be killed: those of one target one after another, those of different targets at any time. Each kind is killed
   * once at first, in random order, however soon the kills are to end; then one is drawn again and again.
   */
  victims: Readonly<Record<'server' | 'serverless', readonly VictimKind[]>>;
  /** Questions at once, for each target. */
  lanes: number;
  /** From a target's return to the next kill, in milliseconds: between these two. */
  pauseMs: readonly [number, number];
  seed: number;
  /** Ends the kills; the load ends when what was killed last is back, and a last pause is over. */
  signal: AbortSignal;
  onOutcome: (outcome: Outcome) => void;
  onKill: (kill: Kill) => void;
}

/** Asks both targets while their processes are killed. Each target has draws of its own, so that a seed means the same. */
export async function storm({ platform, victims, seed, signal, onKill, ...options }: StormOptions): Promise<void> {
  const loadEnds = new AbortController();
  const loads = platform.targets.map((target, index) =>
    load({ ...options, target, random: seeded(seed + index), signal: loadEnds.signal }),
  );
  const killers = platform.targets.map(({ architecture }, index) =>
    killAtRandom(new Victims(platform), {
      kinds: architecture === 'server' ? victims.server : victims.serverless,
      pauseMs: options.pauseMs,
      random: seeded(seed + 1000 + index),
      signal,
      onKill,
    }),
  );
  try {
    await Promise.all(killers);
    await sleep(options.pauseMs[1]);
  } finally {
    loadEnds.abort();
    await Promise.all(loads);
  }
}

interface Killing {
  kinds: readonly VictimKind[];
  pauseMs: readonly [number, number];
  random: Random;
  signal: AbortSignal;
  onKill: (kill: Kill) => void;
}

async function killAtRandom(victims: Victims, { kinds, pauseMs, random, signal, onKill }: Killing): Promise<void> {
  for (const kind of shuffled([...new Set(kinds)], random)) {
    await sleep(random(...pauseMs));
    onKill(await victims.kill(kind, random));
  }
  while (kinds.length > 0) {
    await sleep(random(...pauseMs), undefined, { signal }).catch(() => undefined);
    const kind = kinds[random(0, kinds.length - 1)];
    if (signal.aborted || kind === undefined) return;
    onKill(await victims.kill(kind, random));
  }
}
