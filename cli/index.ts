import { Command, InvalidArgumentError, Option } from 'commander';
import {
  type Arrivals,
  type Objective,
  type Prices,
  type Profile,
  parseObjective,
  parseTarget,
  profiles,
  readPrices,
  readRecorded,
  runNameSchema,
  scenarios,
} from '../bench/index.ts';
import type { AdviseFlags } from './advise.ts';
import { type CheckFlags, check } from './checks.ts';
import { compare } from './compare.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { withFile } from './scenario-file.ts';
import { serve } from './serve.ts';
import { asArgument, asUsage, UsageError } from './usage-error.ts';

/**
 * The `faceoff` command. Sets the exit code: 0 done, 1 a target, the run or a check failed, 2 wrong usage, 130
 * stopped by Ctrl-C.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('faceoff')
    .description('Should this model be served by a server, by serverless functions, or by both? Measures and reports.')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .showHelpAfterError('(--help says what can be given)');
  addRun(program);
  addBench(program);
  addServe(program);
  addReport(program);
  addCompare(program);
  addAdvise(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    console.error(`faceoff: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode ||= error instanceof UsageError ? 2 : 1;
  }
}

function addRun(program: Command): void {
  const names = scenarios.map(({ name }) => name);
  const photos = process.env['PHOTOS_DIR'];
  addMeasuring(program.command('run'), { profile: 'quick', scenario: names, photos, results: 'results', seed: 1 })
    .description('serve the classifier both ways on this machine (or take --target), measure, and write the report')
    .option('--target <NAME=URL...>', 'measure these endpoints, which take a picture by POST, instead', targets)
    .option('--name <name>', 'end of the run folder’s name', runName, 'run')
    .action((flags, command) => run(withFile(flags, command)));
}

function addBench(program: Command): void {
  addMeasuring(program.command('bench'), {})
    .description(
      'measure what `pulumi up` has made of a stack, as its configuration says where no option is given, and write the report',
    )
    .requiredOption('--stack <name>', 'the stack')
    .option('--name <name>', 'end of the run folder’s name (default: the stack’s)', runName)
    .action(async (flags, command) => (await import('./bench.ts')).bench(withFile(flags, command)));
}

interface Defaults {
  profile?: Profile;
  scenario?: string[];
  photos?: string | undefined;
  results?: string;
  seed?: number;
}

/** What every command that measures can be given. */
function addMeasuring(command: Command, { profile, scenario, photos, results, seed }: Defaults): Command {
  const names = scenarios.map(({ name }) => name);
  return addChecks(command)
    .addOption(new Option('--profile <name>', 'how much to measure').choices(Object.keys(profiles)).default(profile))
    .addOption(new Option('--scenario <name...>', 'only these').choices(names).default(scenario, 'all'))
    .option('--objective <text>', 'what capacity and burst ask for (default: p95 < 200ms, errors < 1%)', objective)
    .option('--file <file>', 'a scenario file (YAML) that says what to do where no option is given')
    .option('--traffic <file>', 'send recorded traffic (CSV) as the load of the autoscaling scenario', traffic)
    .option('--photos <dir>', 'send the pictures of this folder', photos)
    .option('--results <dir>', 'where the run folder is made', results)
    .option('--seed <n>', 'seed of the random order', whole(0, 2 ** 31 - 1), seed)
    .option(...pricesOption);
}

function addServe(program: Command): void {
  program
    .command('serve')
    .description('serve the classifier both ways on this machine until Ctrl-C')
    .option('--json', 'print one line of JSON for programs')
    .option('--server-port <n>', 'port of the server; 0 takes any free one', whole(0, 65_535), 8080)
    .option('--gateway-port <n>', 'port of the gateway; 0 takes any free one', whole(0, 65_535), 8081)
    .option('--idle-seconds <n>', 'scale to zero after so long without a request; 0 never does', whole(0, 86_400), 0)
    .action(serve);
}

function addReport(program: Command): void {
  addChecks(program.command('report'))
    .argument('<dir>', 'a run folder')
    .option(...pricesOption)
    .description('make the report of a run folder again, from its raw data alone')
    .action(report);
}

const pricesOption = ['--prices <file>', 'prices of your own for the report’s costs (YAML)', prices] as const;

function prices(file: string): Prices {
  return asArgument(() => readPrices(file));
}

function traffic(file: string): Arrivals {
  return asArgument(() => readRecorded(file));
}

function addCompare(program: Command): void {
  addChecks(program.command('compare'))
    .argument('<dir>', 'the run folder to compare with')
    .argument('<dir...>', 'the run folders to compare')
    .description('show run folders side by side, and what changed beyond noise')
    .addOption(new Option('--format <name>', 'what is printed').choices(['text', 'md', 'json']).default('text'))
    .option('--out <file>', 'write the comparison as a page, too')
    .action(compare);
}

function addAdvise(program: Command): void {
  program
    .command('advise')
    .argument('<dir>', 'the run folder whose measurements are taken')
    .description('say which way to serve holds the objective for your traffic at the least cost, by simulation')
    .option('--traffic <file...>', 'recorded traffic: CSV, access logs, or the Azure Functions trace; gzip too')
    .option('--pattern <text>', 'traffic by a pattern, as "poisson:rate=20" or "bursts:rate=50,onSeconds=60"')
    .option('--objective <text>', 'what is asked for (default: p95 < 200ms, errors < 1%)', objective)
    .option('--azure-function <hash>', 'of an Azure Functions trace, this function alone')
    .option('--skip-lines <percent>', 'the share of malformed lines that may be passed over', percent, 1)
    .option('--seed <n>', 'seed of the simulation', whole(0, 2 ** 31 - 1), 1)
    .option(...pricesOption)
    .addOption(new Option('--format <name>', 'what is printed').choices(['text', 'json']).default('text'))
    .option('--write-config <file>', 'write the configuration of a stack that serves so (Pulumi.NAME.yaml)')
    .option('--out <file>', 'write the advice as a page, too')
    .action(async (folder: string, flags: AdviseFlags) => (await import('./advise.ts')).adviseCommand(folder, flags));
}

/** What every command that has figures can be given. */
function addChecks(command: Command): Command {
  return command
    .addOption(
      new Option('--fail-if <check>', 'fail if this holds, as "p95 > 200ms"; may be given again')
        .argParser(check)
        .default([] satisfies CheckFlags['failIf'], 'none'),
    )
    .option('--junit <file>', 'write what became of each --fail-if as JUnit XML');
}

function targets(text: string, before: ReturnType<typeof parseTarget>[] = []): ReturnType<typeof parseTarget>[] {
  // Not as an argument: the command's parser would repeat the text, which may hold a password.
  const target = asUsage(() => parseTarget(text));
  if (before.some(({ name }) => name === target.name))
    throw new UsageError(`--target: the name ${target.name} is given twice`);
  return [...before, target];
}

function objective(text: string): Objective {
  return asArgument(() => parseObjective(text));
}

function whole(least: number, greatest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= greatest) return value;
    throw new InvalidArgumentError(`give a whole number from ${least} to ${greatest}`);
  };
}

function percent(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 100) return value;
  throw new InvalidArgumentError('give a number from 0 to 100');
}

function runName(text: string): string {
  const name = runNameSchema.safeParse(text);
  if (name.success) return name.data;
  throw new InvalidArgumentError(name.error.issues[0]?.message ?? text);
}
