import { RunError } from '@pulumi/pulumi';

/** The stack's configuration is wrong; the message tells every fault, one a line. */
export class ConfigFault extends RunError {
  override name = 'ConfigFault';

  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`the stack's configuration is wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}
