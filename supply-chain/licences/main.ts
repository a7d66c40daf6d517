// Checks the licence of every package in package-lock.json against those that are allowed, and says what there is.
// Exit code 1 when a package has another one, or none.
import { fileURLToPath } from 'node:url';
import { lockedPackages } from './packages.ts';
import { judgeLicence } from './policy.ts';

const packages = lockedPackages(fileURLToPath(new URL('../..', import.meta.url)));
const counts = new Map<string, number>();
for (const { name, version, licence } of packages) {
  counts.set(licence ?? 'none', (counts.get(licence ?? 'none') ?? 0) + 1);
  const verdict = judgeLicence({ name, version, licence });
  if (verdict.kind === 'excepted') console.log(`${name} ${version}: ${licence}: allowed, since it is ${verdict.why}`);
  if (verdict.kind !== 'refused') continue;
  console.error(`${name} ${version}: ${verdict.why}`);
  process.exitCode = 1;
}
const listed = [...counts].sort(([, a], [, b]) => b - a).map(([licence, count]) => `${count} ${licence}`);
console.log(`${packages.length} packages: ${listed.join(', ')}`);
