export { allInFull } from './carrying.ts';
export { judge, type Verdict } from './judge.ts';
