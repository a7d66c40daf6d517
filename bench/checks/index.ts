export { refuseChange, refuseUnanswerable } from './answerable.ts';
export { type Check, parseCheck } from './check.ts';
export { type CheckResult, judgeComparison, judgeRun } from './judge.ts';
export { junitXml } from './junit.ts';
export { checksTable } from './table.ts';
