import {
  html,
  literal,
  markdownTable,
  renderDocument,
  renderFigure,
  renderTable,
  renderVerdict,
  type Table,
} from '../report/index.ts';
import type { RunComparison } from './compare.ts';
import { changesFigure } from './figure.ts';
import { findFindings } from './findings.ts';
import { comparisonTables } from './tables.ts';

const title = ({ runs }: RunComparison): string => `Faceoff: ${runs.map(({ label }) => label).join(' and ')} compared`;

/** The comparison as one HTML file that needs nothing else. `more` are tables to show before its own. */
export function comparisonPage(comparison: RunComparison, more: readonly Table[] = []): Promise<string> {
  const { runs } = comparison;
  const meta = runs.map(
    ({ label, record }) => `${label}: ${record.manifest.started.slice(0, 16).replace('T', ' ')} UTC`,
  );
  const figures = runs.slice(1).map((_, index) => changesFigure(comparison, index + 1));
  return renderDocument(title(comparison), meta.join('; '), [
    renderVerdict(findFindings(comparison)),
    ...more.map(renderTable),
    ...figures.filter((figure) => figure !== undefined).map(renderFigure),
    ...comparisonTables(comparison).map(renderTable),
    html`<footer><p>Made from the run folders ${runs.map(({ folder }, index) => `${index > 0 ? ', ' : ''}${folder}`)}.</p></footer>`,
  ]);
}

/** The same in Markdown, for a pull request. */
export function comparisonMarkdown(comparison: RunComparison, more: readonly Table[] = []): string {
  const { sentence, doubts, reasons, cautions } = findFindings(comparison);
  const list = (items: readonly string[]): string => items.map((item) => `- ${literal(item)}`).join('\n');
  return `${[
    `# ${literal(title(comparison))}`,
    `**${literal(sentence)}**`,
    list(doubts),
    list(reasons),
    `To know of the figures:\n\n${list(cautions)}`,
    ...[...more, ...comparisonTables(comparison)].map(markdownTable),
  ]
    .filter((section) => section !== '')
    .join('\n\n')}\n`;
}

/** The same for a terminal. */
export function comparisonText(comparison: RunComparison): string {
  const { sentence, doubts, reasons, cautions } = findFindings(comparison);
  return [
    sentence,
    ...doubts.map((doubt) => `  ! ${doubt}`),
    ...reasons.map((reason) => `  - ${reason}`),
    ...cautions.map((caution) => `  ! ${caution}`),
    ...comparisonTables(comparison).map(textTable),
  ].join('\n');
}

/** Columns as wide as they must be. The label of a figure is left to the other forms: its name says enough. */
function textTable({ title, columns, rows }: Table): string {
  const lines = [columns, ...rows].map((line) => (columns[1] === 'Figure' ? line.slice(1) : line));
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const text = lines.map((line) =>
    `  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  return ['', title, ...text].join('\n');
}

/** The same for programs; open bounds of intervals are null. */
export function comparisonJson(comparison: RunComparison, more: object = {}): string {
  const { runs, distinctions, targets } = comparison;
  const value = {
    ...findFindings(comparison),
    runs: runs.map(({ label, folder, record }) => ({ label, folder, started: record.manifest.started })),
    distinctions: distinctions.map((each) => ({ ...each, values: each.values.map((value) => value ?? null) })),
    targets: targets.map(({ name, names, figures }) => ({
      name,
      names: names.map((each) => each ?? null),
      figures: figures.map(({ metric, estimates, changes }) => ({
        figure: metric.name,
        estimates: estimates.map((each) => each ?? null),
        changes: changes.slice(1).map((each) => each ?? null),
      })),
    })),
    ...more,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
