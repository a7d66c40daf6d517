import { Listr, type ListrTask } from 'listr2';
import { type Prices, type Report, type RunOptions, type Step, startRun, writeReport } from '../bench/index.ts';

/** A finished run: its report, and whether something went wrong on the way. */
export interface Measured extends Report {
  /** The run folder. */
  folder: string;
  status: 'running' | 'complete' | 'stopped' | 'failed';
  /** Why it did not come to its end, in a line. */
  error?: string;
}

/**
 * Runs all steps and writes the report. An error ends the steps and is handed back, but what was measured until then
 * is kept and reported; so it is when the signal stops the run.
 */
export async function measure(
  options: RunOptions & { prices?: Prices | undefined },
  show: (steps: readonly Step[]) => Promise<unknown> = showSteps,
): Promise<Measured> {
  const run = await startRun(options);
  const error = await show(run.steps).then(
    () => undefined,
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  );
  const status = await run.end();
  const report = await writeReport(run.folder, options.prices);
  return { ...report, folder: run.folder, status, ...(error === undefined ? {} : { error }) };
}

function showSteps(steps: readonly Step[]): Promise<unknown> {
  return showTasks(
    steps.map(({ title, run }) => ({
      title,
      task: (_, task) =>
        run((text) => {
          task.output = text;
        }),
    })),
  );
}

/** Shows tasks as they go: a live list on a terminal, else a line for each. */
export function showTasks(tasks: ListrTask[]): Promise<unknown> {
  return new Listr(tasks, {
    registerSignalListeners: false,
    fallbackRenderer: 'simple',
    rendererOptions: { showErrorMessage: false },
  }).run();
}
