// In how many of 100 simulated trials each interval holds the truth, and how often the bootstrap shows a difference that
// is not there, and a share of failures more than there are. Optional argument: trials (1000; of the bootstrap 400 at most).
import { machines } from './aa.ts';
import { bootstrapAlarms, failureAlarms, meanCoverage, quantileCoverage } from './coverage.ts';

const [trials = 1000] = process.argv.slice(2).map(Number);
const shapes = [
  { blocks: 10, requests: 15, warmup: 3 },
  { blocks: 40, requests: 15, warmup: 3 },
  { blocks: 12, requests: 80, warmup: 0 },
];
const quantiles = [
  { name: 'median', p: 0.5 },
  { name: 'p95', p: 0.95 },
];
const head = (): void => {
  console.log(`| | ${shapes.map(({ blocks, requests }) => `${blocks} blocks of ${requests}`).join(' | ')} |`);
  console.log(`|---|${'---|'.repeat(shapes.length)}`);
};
const row = (name: string, figures: readonly number[]): void =>
  console.log(`| ${name} | ${figures.map((figure) => `${figure.toFixed(1)} %`).join(' | ')} |`);

for (const machine of machines) {
  console.log(`\nA machine that keeps its state for ${machine.drift.memory / 1000} s, ${trials} trials\n`);
  head();
  for (const { name, p } of quantiles) {
    const held = shapes.map((shape) => quantileCoverage(machine, shape, p, trials));
    const independent = held.map((each) => each.independent);
    row(`${name}, samples taken for independent`, independent);
    row(
      `${name}, over blocks`,
      held.map((each) => each.blocks),
    );
  }
  row(
    'mean, over blocks',
    shapes.map((shape) => meanCoverage(machine, shape, trials)),
  );
  row(
    'difference of p95 by bootstrap, shown where there is none',
    shapes.map((shape) => bootstrapAlarms(machine, shape, 0.95, Math.min(trials, 400))),
  );
}

console.log(`\nFailures in clusters, ${trials} trials, a lower bound above the true share\n`);
head();
const alarms = shapes.map((shape) => failureAlarms(shape, trials));
row(
  'requests taken for independent',
  alarms.map(({ independent }) => independent),
);
row(
  'over blocks too',
  alarms.map(({ blocks }) => blocks),
);
