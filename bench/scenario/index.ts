import { autoscalingScenario } from './autoscaling.ts';
import { baseBurstScenario } from './base-burst.ts';
import { burstScenario } from './burst.ts';
import { capacityScenario } from './capacity.ts';
import { coldStartScenario } from './cold-start.ts';
import { latencyScenario } from './latency.ts';
import type { Scenario } from './scenario.ts';
import { throughputScenario } from './throughput.ts';

export { firstAnswers } from './first-answers.ts';
export { measureIdle } from './idle.ts';
export type { Context, Scenario } from './scenario.ts';

/** In the order in which a run goes through them. */
export const scenarios: readonly Scenario[] = [
  latencyScenario,
  throughputScenario,
  capacityScenario,
  coldStartScenario,
  autoscalingScenario,
  burstScenario,
  baseBurstScenario,
];
