export { judge, type Verdict } from './judge.ts';
