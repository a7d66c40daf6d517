// npm run soak:kills -- [MINUTES] [SEED]: mixed load, good and bad, while processes are killed at random. Exit code 1 when
// an answer is wrong, a failure has no kill that explains it, what was killed is not back within a minute, or a process that
// lives on holds more and more.
import { setTimeout as sleep } from 'node:timers/promises';
import { modelDir } from '../../../app/test/classifier.ts';
import { seeded } from '../../../bench/stats/index.ts';
import type { LocalTarget } from '../../../infra/local/index.ts';
import { type Trend, trendOf, watch } from '../kills/holdings.ts';
import { isRight, judge } from '../kills/judge.ts';
import type { Outcome } from '../kills/load.ts';
import { startPlatform } from '../kills/platform.ts';
import { askPhotos, badHttp, badQuestions, sendRaw } from '../kills/requests.ts';
import { returnTimes } from '../kills/returns.ts';
import { storm } from '../kills/storm.ts';
import { type Kill, Victims } from '../kills/victims.ts';

/** What came of the load on one platform. Right answers are only counted: half an hour of them is too much to hold. */
class SoakRecord {
  right = 0;
  readonly others: Outcome[] = [];
  readonly kills: Kill[] = [];

  readonly onOutcome = (outcome: Outcome): void => {
    if (isRight(outcome)) this.right += 1;
    else this.others.push(outcome);
  };

  readonly onKill = (kill: Kill): void => {
    this.kills.push(kill);
  };
}

const minutes = readWhole('MINUTES', process.argv[2] ?? '30');
const seed = readWhole('SEED', process.argv[3] ?? '1');

const lanes = 3;
const pauseMs = [2_000, 20_000] as const;
const readEveryMs = 5_000;
const badHttpWaitMs = 500;
const badHttpEveryMs = 1_000;
const log: string[] = [];
const onLog = (line: string) => {
  log.push(line);
  if (log.length > 100) log.shift();
};

// The server and the gateway of one platform live on, so that what they hold tells of all that befell them.
const surviving = await startPlatform(onLog);
const dying = await startPlatform(onLog);
const server = surviving.targets[0];
if (server === undefined) throw new Error('There is no server');
const photos = await askPhotos(server, modelDir !== undefined);
const questions = [...photos, ...badQuestions(photos[0]?.body ?? Buffer.alloc(0))];
const victims = new Victims(surviving);
const pids = { supervisor: process.pid, server: victims.serverPid(), gateway: await victims.gatewayPid() };

const ends = AbortSignal.timeout(minutes * 60_000);
const records = { surviving: new SoakRecord(), dying: new SoakRecord() };
const badHttpCounts = { refused: 0, unanswered: 0, accepted: 0 };
const common = { questions, lanes, pauseMs, seed, signal: ends };
const over = Promise.all([
  watch(pids, readEveryMs, ends),
  storm({ ...common, ...records.surviving, platform: surviving, victims: { server: [], serverless: ['replica'] } }),
  storm({
    ...common,
    ...records.dying,
    seed: seed + 100,
    platform: dying,
    victims: { server: ['server'], serverless: ['gateway', 'replica', 'replica'] },
  }),
  ...[...surviving.targets, ...dying.targets].map((target, index) => sendBadHttp(target, seed + 200 + index)),
]);
try {
  report((await over)[0].map(trendOf));
} catch (error) {
  console.log(log.join('\n'));
  throw error;
} finally {
  await Promise.all([surviving.stop(), dying.stop()]);
}

/** Nothing of this is a request that a target may answer well; most is refused, some is left without an answer. */
async function sendBadHttp(target: LocalTarget, ownSeed: number): Promise<void> {
  const random = seeded(ownSeed);
  const kinds = Object.values(badHttp);
  while (!ends.aborted) {
    const status = await sendRaw(target, kinds[random(0, kinds.length - 1)] ?? '', badHttpWaitMs);
    if (status === undefined) badHttpCounts.unanswered += 1;
    else if (status >= 400) badHttpCounts.refused += 1;
    else badHttpCounts.accepted += 1;
    await sleep(badHttpEveryMs);
  }
}

/** @throws Error that names the argument when it is no whole number above 0. */
function readWhole(argument: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${argument} ${text}: it must be a whole number above 0`);
}

function report(trends: readonly Trend[]): void {
  const { surviving: calm, dying: struck } = records;
  // Each platform's targets have the same names, so that kills of one must not explain failures of the other.
  const judgements = [judge(calm.others, calm.kills), judge(struck.others, struck.kills)];
  const killed = (kind: Kill['kind']) => [...calm.kills, ...struck.kills].filter((kill) => kill.kind === kind);
  const returned = (kills: readonly Kill[]) => {
    if (kills.length === 0) return '– | –';
    const { median, most } = returnTimes(kills);
    return `${median.toFixed(0)} | ${most.toFixed(0)}`;
  };
  const lost = (kind: Kill['kind']) => judgements.reduce((sum, { explained }) => sum + explained[kind], 0);
  const wrong = judgements.flatMap((each) => each.wrong);
  const unexplained = judgements.flatMap((each) => each.unexplained);
  console.log(`${minutes} minutes, seed ${seed}: ${calm.right + struck.right} right answers`);
  console.log('| killed | times | back after, ms: median | at most | requests that failed with it |');
  console.log('|---|---|---|---|---|');
  for (const kind of ['replica', 'gateway', 'server'] as const) {
    const kills = killed(kind);
    console.log(`| ${kind} | ${kills.length} | ${returned(kills)} | ${lost(kind)} |`);
  }
  const { refused, unanswered, accepted } = badHttpCounts;
  console.log(`Bad HTTP: ${refused} refused, ${unanswered} without an answer, ${accepted} accepted`);
  console.log(`Wrong answers: ${wrong.length}; failures that no kill explains: ${unexplained.length}`);
  for (const outcome of [...wrong, ...unexplained]) console.log(JSON.stringify(outcome));
  console.log('| process | MB early | MB late | handles early | handles late |\n|---|---|---|---|---|');
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
  for (const { name, early, late } of trends) {
    const memory = `${megabytes(early.resident)} | ${megabytes(late.resident)}`;
    console.log(`| ${name} | ${memory} | ${early.handles} | ${late.handles} |`);
  }
  const growing = trends.filter(({ flat }) => !flat).map(({ name }) => name);
  if (growing.length > 0) console.log(`Holds more and more: ${growing.join(', ')}`);
  if (wrong.length + unexplained.length + accepted + growing.length > 0) {
    console.log(log.join('\n'));
    process.exitCode = 1;
  }
}
