import type { Manifest } from '../record/index.ts';
import { renderDocument, renderFigure, renderTable, renderVerdict } from './document.ts';
import type { Figure } from './figures/index.ts';
import { html } from './html.ts';
import type { Table } from './tables.ts';
import type { Verdict } from './verdict/index.ts';

/** What the page shows, in its order. */
export interface Page {
  manifest: Manifest;
  verdict: Verdict;
  tables: Record<'performance' | 'aspects' | 'answers' | 'settings', Table> &
    Record<'capacity' | 'burst' | 'resources' | 'cost', Table | undefined>;
  figures: readonly Figure[];
}

const rawData = ['samples.jsonl', 'events.jsonl', 'summary.json', 'run.json', 'report.md'];

/** The report as one HTML file that needs nothing else. */
export function renderPage({ manifest, verdict, tables, figures }: Page): Promise<string> {
  const title = `Faceoff: ${manifest.targets.map(({ name }) => name).join(' or ')}?`;
  const meta = `${manifest.profile} profile, ${manifest.started.slice(0, 16).replace('T', ' ')} UTC, ${manifest.host.cores} cores`;
  return renderDocument(title, meta, [
    renderVerdict(verdict),
    renderTable(tables.performance),
    ...figures.map(renderFigure),
    tables.capacity && renderTable(tables.capacity),
    tables.burst && renderTable(tables.burst),
    renderTable(tables.aspects),
    tables.resources && renderTable(tables.resources),
    tables.cost && renderTable(tables.cost),
    renderTable(tables.answers),
    renderTable(tables.settings),
    html`<footer>
<p>Raw data beside this file: ${rawData.map((name, index) => html`${index > 0 ? ', ' : ''}<a href="${name}">${name}</a>`)}.</p>
</footer>`,
  ]);
}
