import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadYaml } from '@kubernetes/client-node';
import { z } from 'zod';

const allowed =
  "the folder of a chart, whose Chart.yaml has its version, such as 12.0.0; paths begin at the project's folder";

const chartFile = z.object({ version: z.string().regex(/^\d+\.\d+\.\d+/) });

/** A Helm chart in a folder, with the version that it tells itself. */
export const localChart = z.string().transform((path, context) => {
  const version = versionOf(path);
  if (version !== undefined) return { path, version };
  context.addIssue(allowed);
  return z.NEVER;
});

function versionOf(folder: string): string | undefined {
  try {
    return chartFile.safeParse(loadYaml(readFileSync(join(folder, 'Chart.yaml'), 'utf8'))).data?.version;
  } catch {
    // Not there, not readable, or not YAML: all the same to whom it must be told.
    return undefined;
  }
}
