import { readFileSync } from 'node:fs';
import * as pulumi from '@pulumi/pulumi';
import { parse } from 'yaml';
import { EngineDouble } from '../../infra/kubernetes/test-double/engine.ts';

/** What a program has made with a double of Pulumi's engine. */
export interface MadeStack {
  engine: EngineDouble;
  /** Secret ones are plain here. */
  outputs: Record<string, unknown>;
  /** The outputs as Pulumi is sent them: a secret one in an object with a signature. */
  sent: Record<string, unknown>;
}

type Config = Record<string, unknown>;

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** The configuration of a stack file of the project. */
export function stackFile(stack: string): Config {
  return parse(readFileSync(new URL(`../../Pulumi.${stack}.yaml`, import.meta.url), 'utf8')).config;
}

/** Runs the program. @param engine told what is made, also when the program throws */
export async function makeStack(
  stack: string,
  config: Config,
  secrets: string[] = [],
  engine?: EngineDouble,
): Promise<MadeStack> {
  const used = engine ?? (await EngineDouble.start(stack));
  const returned = await runProgram(config, secrets);
  const outputs = await value(pulumi.output(returned));
  const sent = await pulumi.runtime.serializeProperties('outputs', returned);
  await used.done();
  return { engine: used, outputs, sent };
}

/** Runs the program on the engine that was started last. */
export async function runProgram(config: Config, secrets: string[] = []): Promise<Record<string, unknown>> {
  const texts = Object.entries(config).flatMap(([key, value]) => (value === undefined ? [] : [[key, asText(value)]]));
  pulumi.runtime.setAllConfig(Object.fromEntries(texts), secrets);
  const { default: program } = await import('../../index.ts');
  return program();
}

/** Once it is known, secret or not. */
function value<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
