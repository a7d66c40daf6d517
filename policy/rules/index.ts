import { disruptionBudget } from './disruption-budget.ts';
import { exposure } from './exposure.ts';
import { guaranteedResources } from './guaranteed-resources.ts';
import { labels } from './labels.ts';
import { networkPolicy } from './network-policy.ts';
import { noApiToken } from './no-api-token.ts';
import { noCapabilities } from './no-capabilities.ts';
import { noHostAccess } from './no-host-access.ts';
import { noPlainSecret } from './no-plain-secret.ts';
import { noPrivilegeEscalation } from './no-privilege-escalation.ts';
import { nonRoot } from './non-root.ts';
import { pinnedImage } from './pinned-image.ts';
import { probes } from './probes.ts';
import { readOnlyRoot } from './read-only-root.ts';
import type { ObjectRule, StackRule } from './rule.ts';
import { seccomp } from './seccomp.ts';

/** @param nodePorts whether the stack's configuration lets targets be reached by NodePort */
export function objectRules(nodePorts: boolean): readonly ObjectRule[] {
  return [
    labels,
    nonRoot,
    readOnlyRoot,
    noCapabilities,
    noPrivilegeEscalation,
    noHostAccess,
    seccomp,
    guaranteedResources,
    noApiToken,
    pinnedImage,
    probes,
    noPlainSecret,
    exposure(nodePorts),
  ];
}

export const stackRules: readonly StackRule[] = [disruptionBudget, networkPolicy];

export type { ObjectRule, StackRule } from './rule.ts';
