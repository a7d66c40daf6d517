import { expect, onTestFinished, test } from 'vitest';
import { modelDir } from '../../app/test/classifier.ts';
import { judge } from './kills/judge.ts';
import type { Outcome } from './kills/load.ts';
import { startPlatform } from './kills/platform.ts';
import { askPhotos, badQuestions } from './kills/requests.ts';
import { storm } from './kills/storm.ts';
import type { Kill } from './kills/victims.ts';

/** Another one each day, so that in time many orders of kills are tried; a failure names it. */
const seed = Math.floor(Date.now() / 86_400_000);
const killsFor = 45_000;

// It finds the server's process in /proc.
test.skipIf(process.platform !== 'linux')(
  'SIGKILL fails only what the killed process had in flight, and everything returns (needs /proc: Linux)',
  { timeout: 300_000 },
  async () => {
    const log: string[] = [];
    const platform = await startPlatform((line) => log.push(line));
    onTestFinished(() => platform.stop());
    const [server, serverless] = platform.targets;
    if (server === undefined || serverless === undefined) throw new Error('Both targets are needed');
    const photos = await askPhotos(server, modelDir !== undefined);
    const outcomes: Outcome[] = [];
    const kills: Kill[] = [];
    await storm({
      platform,
      questions: [...photos, ...badQuestions(photos[0]?.body ?? Buffer.alloc(0))],
      victims: { server: ['server'], serverless: ['gateway', 'replica', 'replica', 'replica'] },
      lanes: 4,
      pauseMs: [300, 2500],
      seed,
      signal: AbortSignal.timeout(killsFor),
      onOutcome: (outcome) => outcomes.push(outcome),
      onKill: (kill) => kills.push(kill),
    });
    expect(new Set(kills.map(({ kind }) => kind)), `seed ${seed}`).toEqual(new Set(['server', 'gateway', 'replica']));
    const { unexplained, wrong } = judge(outcomes, kills);
    expect({ unexplained, wrong }, `seed ${seed}; last in the log:\n${log.slice(-20).join('\n')}`).toEqual({
      unexplained: [],
      wrong: [],
    });
    for (const { name, replicas } of platform.targets) {
      const lastKill = kills.findLast(({ target }) => target === name);
      const after = outcomes.filter(({ target, sentAt }) => target === name && sentAt > (lastKill?.overAt ?? Infinity));
      expect(judge(after, []).right, `${name} answers rightly after its last kill, with seed ${seed}`).toBe(
        after.length,
      );
      expect(after.length).toBeGreaterThan(0);
      const { ready, desired } = await replicas();
      expect(ready).toBe(desired);
    }
  },
);
