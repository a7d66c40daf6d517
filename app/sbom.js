// Prints the bill of materials (CycloneDX) of the packages in node_modules: run in the folder where the image is built,
// once what it does without is removed. npm makes one only where nothing is missing, so it is shown the service alone,
// without its tools. Plain JavaScript: the build has no more than Node.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const manifest = readFileSync('package.json', 'utf8');
const { devDependencies: _tools, ...service } = JSON.parse(readFileSync('app/package.json', 'utf8'));
const { overrides } = JSON.parse(manifest);

writeFileSync('package.json', JSON.stringify({ ...service, overrides }));
try {
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'], { stdio: 'inherit' });
} finally {
  writeFileSync('package.json', manifest);
}
