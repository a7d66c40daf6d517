/** Shows how far something has come: a bar on a terminal, elsewhere a line for each quarter. */
export interface Progress {
  /** @param done of the total, in the same unit. */
  to(done: number): void;
}

const barWidth = 30;

/** @param total what `done` reaches in the end, in bytes. */
export function showProgress(name: string, total: number, out: NodeJS.WriteStream = process.stderr): Progress {
  let shown = -1;
  return {
    to(done) {
      const share = total === 0 ? 1 : Math.min(done / total, 1);
      const step = Math.floor(share * (out.isTTY ? 100 : 4));
      if (step === shown) {
        return;
      }
      shown = step;
      const megabytes = `${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`;
      if (out.isTTY) {
        const filled = Math.round(share * barWidth);
        const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
        out.write(`\r${name} ${bar} ${megabytes}${share === 1 ? '\n' : ''}`);
      } else {
        out.write(`${name}: ${megabytes}\n`);
      }
    },
  };
}
