// Asks the package registry for known vulnerabilities of what the project runs on (tools for its development left out).
// Exit code 1 from severity high on. A registry that does not answer such questions is named, and fails nothing, unless
// `--must-answer` is given.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { judgeAudit } from './judge.ts';

const { values } = parseArgs({ options: { 'must-answer': { type: 'boolean', default: false } } });

const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  maxBuffer: 64 << 20,
  shell: process.platform === 'win32',
});
if (error !== undefined) throw error;
const audit = judgeAudit(stdout);
if (audit.kind === 'unreachable') {
  console.log(`Not audited, since npm's audit endpoint cannot be asked: ${audit.why}`);
  if (values['must-answer']) process.exitCode = 1;
} else {
  for (const line of audit.lesser) console.log(`below high: ${line}`);
  if (audit.kind === 'clean') console.log('Nothing known of severity high or above in production dependencies.');
  else {
    for (const line of audit.found) console.error(line);
    process.exitCode = 1;
  }
}
