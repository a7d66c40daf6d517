import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildGateway } from './gateway/build.ts';

/** OpenFaaS's own chart, whose images are on the node; without it, the double of this folder. */
export const realChart = process.env['OPENFAAS_CHART'] && resolve(process.env['OPENFAAS_CHART']);

const image = 'faceoff/test-gateway:12.0.0';

/** Brings what the chart needs to the node, and gives the chart's folder. */
export async function prepareChart(): Promise<string> {
  if (realChart !== undefined) return realChart;
  await buildGateway(image);
  return fileURLToPath(new URL('./chart', import.meta.url));
}
