import { Listr, type ListrTask } from 'listr2';
import { type Report, type ReportOptions, type RunOptions, type Step, startRun, writeReport } from '../bench/index.ts';

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
 *
 * @throws Error with every reason when the report cannot be written, as on a full disk.
 */
export async function measure(
  options: RunOptions & ReportOptions,
  show: (steps: readonly Step[]) => Promise<unknown> = showSteps,
): Promise<Measured> {
  const run = await startRun(options);
  const errors: string[] = [];
  const keep = (cause: unknown): undefined => {
    errors.push(cause instanceof Error ? cause.message : String(cause));
  };
  await show(run.steps).catch(keep);
  const status = (await run.end().catch(keep)) ?? 'failed';
  const report = await writeReport(run.folder, options).catch(keep);
  if (report === undefined) {
    const remedy = `what was measured is in ${run.folder}: make room, then \`faceoff report\` with that folder reports it`;
    throw new Error([...errors, remedy].join('\n  '));
  }
  return { ...report, folder: run.folder, status, ...(errors.length === 0 ? {} : { error: errors.join('\n  ') }) };
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
