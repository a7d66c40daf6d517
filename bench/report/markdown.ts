import type { Manifest } from '../record/index.ts';
import { listed } from './format.ts';
import type { Table } from './tables/index.ts';
import type { Verdict } from './verdict/index.ts';

interface MarkdownTables {
  open: readonly Table[];
  folded: readonly Table[];
}

/**
 * The report as Markdown that pastes into a pull request: the verdict and the tables that are open; the others fold.
 * Figures are in the HTML: a picture or a link that leads to this folder would be broken there.
 */
export function renderMarkdown(manifest: Manifest, verdict: Verdict, { open, folded }: MarkdownTables): string {
  const sections = [
    `# Faceoff: ${listed(
      manifest.targets.map(({ name }) => literal(name)),
      'disjunction',
    )}?`,
    `**${literal(verdict.sentence)}**`,
    warning(verdict.doubts),
    list(verdict.reasons),
    verdict.cautions.length === 0 ? '' : `To know of the figures:\n\n${list(verdict.cautions)}`,
    ...open.map(markdownTable),
    ...folded.map(fold),
    'Figures: `report.html`. Raw data: `run.json`, `samples.jsonl`, `events.jsonl`, `summary.json`.',
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${literal(item)}`).join('\n');
}

/** What stands against the verdict must not be passed over. */
function warning(doubts: readonly string[]): string {
  return doubts.length === 0 ? '' : `> [!WARNING]\n${doubts.map((doubt) => `> - ${literal(doubt)}`).join('\n')}`;
}

/** A table in GitHub's Markdown, under a heading. */
export function markdownTable(table: Table): string {
  return `## ${literal(table.title)}\n\n${body(table)}`;
}

/** A table that opens at a click; the empty lines make GitHub read what is inside as Markdown. */
function fold(table: Table): string {
  return `<details>\n<summary>${literal(table.title)}</summary>\n\n${body(table)}\n\n</details>`;
}

function body({ caption, columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(literal).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line), '', literal(caption)].join('\n');
}

/** Text of a target or a photo's name must neither end a cell nor become markup. */
export function literal(text: string): string {
  return text.replace(/[\\|*_`<>[\]]/g, '\\$&').replace(/\r?\n/g, ' ');
}
