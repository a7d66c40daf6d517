import * as pulumi from '@pulumi/pulumi';
import { type Component, commonLabels, identity } from './common-labels.ts';

export type { Component };

/** The labels that every object of the program carries. */
export function labels(name: string, component: Component): Record<string, string> {
  return commonLabels(name, component, pulumi.getStack(), 'pulumi');
}

/** The labels that single out pods: those of `labels` that never change, since a Deployment's selector cannot. */
export function selector(name: string, component: Component): Record<string, string> {
  return identity(name, component, pulumi.getStack());
}
