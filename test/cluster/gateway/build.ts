import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildOnNode } from '../node-image.ts';

const dockerfile = `ARG NODE_IMAGE
FROM $NODE_IMAGE
WORKDIR /srv
COPY gateway.mjs ./
USER 1000:1000
CMD ["node", "gateway.mjs"]
`;

/** Lets bundled CommonJS packages find Node's own modules. */
const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Builds the image of the gateway and of the Alertmanager's double, and brings it to the node. */
export async function buildGateway(image: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'faceoff-gateway-'));
  try {
    await bundleGateway(join(folder, 'gateway.mjs'));
    await writeFile(join(folder, 'Dockerfile'), dockerfile);
    await buildOnNode(image, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes the gateway's program and all that it needs into one file. */
async function bundleGateway(outfile: string): Promise<void> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const js = banner;
  await build({
    entryPoints: [main],
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    banner: { js },
    outfile,
  });
}
