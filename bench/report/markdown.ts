import type { Manifest } from '../record/index.ts';
import type { Table } from './tables.ts';
import type { Verdict } from './verdict/index.ts';

/** The report as Markdown that pastes into a pull request: the verdict and the tables; figures are in the HTML. */
export function renderMarkdown(manifest: Manifest, verdict: Verdict, tables: readonly Table[]): string {
  const sections = [
    `# Faceoff: ${manifest.targets.map(({ name }) => name).join(' or ')}?`,
    `**${literal(verdict.sentence)}**`,
    list(verdict.doubts),
    list(verdict.reasons),
    verdict.cautions.length === 0 ? '' : `To know of the figures:\n\n${list(verdict.cautions)}`,
    ...tables.map(markdownTable),
    'Figures: `report.html`. Raw data: `samples.jsonl`, `events.jsonl`, `run.json`, `summary.json`.',
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${literal(item)}`).join('\n');
}

/** A table in GitHub's Markdown, under a heading. */
export function markdownTable({ title, caption, columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(literal).join(' | ')} |`;
  return [`## ${title}`, '', caption, '', line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text of a target or a photo's name must neither end a cell nor become markup. */
export function literal(text: string): string {
  return text.replace(/[\\|*_`<>[\]]/g, '\\$&').replace(/\r?\n/g, ' ');
}
