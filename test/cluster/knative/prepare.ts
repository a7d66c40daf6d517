import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../cluster.ts';
import { buildOnNode } from '../node-image.ts';

const tools = fileURLToPath(new URL('../tools/build.sh', import.meta.url));
const traefik = fileURLToPath(new URL('./traefik.yaml', import.meta.url));

const serving = ['activator', 'autoscaler', 'controller', 'queue', 'webhook'];

/** Programs are static. They run as the user that Knative's own images have. */
const dockerfile = (program: string): string => `FROM scratch
COPY ${program} /
USER 65532:65532
ENTRYPOINT ["/${program}"]
`;

/** What Knative's own programs ask for: less than by default, since the node has two cores for functions as well. */
const programCpu = '20m';

/** What is waited for once nobody asks and before the last replica goes, in seconds: 30 by default. */
const graceSeconds = 6;

/**
 * Brings Knative Serving and its ingress to the node.
 * @param folder where manifests that differ from Knative's own are written.
 * @returns the paths of the manifests, in the order to apply them.
 */
export async function prepareKnative(folder: string): Promise<string[]> {
  const [knative = '', ingress = ''] = (await run(tools, ['knative', 'traefik'], process.env)).trim().split(':');
  for (const program of serving) await bringProgram(knative, program);
  await bringProgram(ingress, 'traefik');
  const core = await readFile(join(knative, 'serving-core.yaml'), 'utf8');
  const quick = join(folder, 'serving-core.yaml');
  const changed = core
    .replace(/(\n {2}name: config-autoscaler\n[\s\S]*?\ndata:\n)/, `$1  scale-to-zero-grace-period: ${graceSeconds}s\n`)
    .replace(/(\n +requests:\n +cpu: )\d+m/g, `$1${programCpu}`);
  await writeFile(quick, changed);
  return [join(knative, 'serving-crds.yaml'), quick, traefik];
}

async function bringProgram(from: string, program: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'faceoff-knative-'));
  try {
    await cp(join(from, program), join(folder, program));
    await writeFile(join(folder, 'Dockerfile'), dockerfile(program));
    await buildOnNode(`dev.local/knative/${program}:v0.46.0`, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
