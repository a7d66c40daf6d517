export { type Advice, type AdviseOptions, type AtRate, advise, type Doubt, type Flip } from './advise.ts';
export { type Candidate, type Family, families, keepAliveSeconds } from './candidate.ts';
export { type Choice, choose } from './choose.ts';
export { evaluate, holds, limitsMs, monthly, type Result, type Take } from './evaluate.ts';
