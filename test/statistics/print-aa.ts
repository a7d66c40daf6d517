// A/A on simulated machines: how many runs of the same target twice show a difference, in any figure and in each, and how
// many show that one of the two is slower. Optional arguments: A/A runs (200), runs with a slow-down (100).
import { machines, runsShown } from './aa.ts';
import { figures } from './comparison.ts';

const [same = 200, slowed = 100] = process.argv.slice(2).map(Number);
const rows = [
  { profile: 'quick', slower: 0 },
  { profile: 'paper', slower: 0 },
  { profile: 'paper', slower: 0.05 },
  { profile: 'paper', slower: 0.1 },
  { profile: 'paper', slower: 0.2 },
] as const;

console.log(`| memory | profile | slower by | runs | any figure | ${figures.join(' | ')} |`);
console.log(`|---|---|---|---|---|${'---|'.repeat(figures.length)}`);
for (const machine of machines) {
  for (const { profile, slower } of rows) {
    const runs = slower === 0 ? same : slowed;
    const shown = runsShown(machine, profile, slower, runs);
    const cells = [`${machine.drift.memory / 1000} s`, profile, `${slower * 100} %`, runs, shown.any];
    console.log(`| ${[...cells, ...figures.map((figure) => shown[figure])].join(' | ')} |`);
  }
}
