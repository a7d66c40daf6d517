export { formatObjective, type Objective, objectiveSchema, parseObjective } from './objective.ts';
export { keepsObjective, type Tally, tally } from './tally.ts';
