import type { Manifest } from '../record/index.ts';
import { figureUnder, renderDocument, renderFigure, renderTable, renderVerdict, tableUnder } from './document.ts';
import type { Figure, Figures } from './figures/index.ts';
import { listed } from './format.ts';
import { type Html, html } from './html.ts';
import type { Table } from './tables/index.ts';
import type { Verdict } from './verdict/index.ts';

/** What the page shows. */
export interface Page {
  manifest: Manifest;
  verdict: Verdict;
  tables: Record<'performance' | 'aspects' | 'answers' | 'settings', Table> &
    Record<
      | 'checks'
      | 'comparisons'
      | 'capacity'
      | 'burst'
      | 'baseBurst'
      | 'basePattern'
      | 'coldStarts'
      | 'platforms'
      | 'resources'
      | 'cost',
      Table | undefined
    >;
  figures: Figures;
}

/** Figures, then tables, that answer one question. */
interface Section {
  id: string;
  title: string;
  figures: readonly (Figure | undefined)[];
  tables: readonly (Table | undefined)[];
}

const rawData = ['run.json', 'samples.jsonl', 'events.jsonl', 'summary.json', 'report.md'];

/** The report as one HTML file that needs nothing else: the verdict first, then what it follows from. */
export function renderPage({ manifest, verdict, tables, figures }: Page): Promise<string> {
  const title = `Faceoff: ${listed(
    manifest.targets.map(({ name }) => name),
    'disjunction',
  )}?`;
  const meta = `${manifest.profile} profile, ${manifest.started.slice(0, 16).replace('T', ' ')} UTC, ${manifest.host.cores} cores`;
  const sections = sectionsOf({ tables, figures }).filter((section) =>
    [...section.figures, ...section.tables].some((each) => each !== undefined),
  );
  const numbered = numberFigures(figures.difference === undefined ? 0 : 1);
  return renderDocument(title, meta, [
    renderVerdict(verdict),
    figures.difference && renderFigure(figures.difference, 0),
    renderTable(tables.performance),
    tables.checks && renderTable(tables.checks),
    html`<nav aria-label="In this report">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a> `)}</nav>`,
    ...sections.map((section) => renderSection(section, numbered)),
    html`<footer id="raw-data">
<h2>Raw data</h2>
<p>Beside this file: ${rawData.map((name, index) => html`${index > 0 ? ', ' : ''}<a href="${name}">${name}</a>`)}. Every figure follows from run.json, samples.jsonl and events.jsonl; faceoff report makes this page from them again.</p>
</footer>`,
  ]);
}

function sectionsOf({ tables, figures }: Pick<Page, 'tables' | 'figures'>): Section[] {
  const { latency, throughput, capacity, requests, replicas, burst, baseBurst, coldStarts, cost } = figures;
  return [
    { id: 'comparisons', title: 'Each against each', figures: [], tables: [tables.comparisons] },
    { id: 'latency', title: 'One request at a time', figures: [latency], tables: [] },
    { id: 'rate', title: 'As many as it can', figures: [throughput, capacity], tables: [tables.capacity] },
    { id: 'scaling', title: 'Load that comes and goes', figures: [requests, replicas, burst], tables: [tables.burst] },
    {
      id: 'base-burst',
      title: 'A burst on a steady load',
      figures: [baseBurst],
      tables: [tables.baseBurst, tables.basePattern],
    },
    { id: 'cold-starts', title: 'From zero', figures: coldStarts, tables: [tables.coldStarts] },
    { id: 'cost', title: 'What it takes', figures: [cost], tables: [tables.platforms, tables.resources, tables.cost] },
    { id: 'aspects', title: 'What to expect of each', figures: [], tables: [tables.aspects] },
    { id: 'method', title: 'How it was measured', figures: [], tables: [tables.settings, tables.answers] },
  ];
}

function renderSection({ id, title, figures, tables }: Section, numbered: (figure: Figure) => Html): Html {
  return html`<section class="group" id="${id}">
<h2>${title}</h2>
${figures.map((figure) => figure && numbered(figure))}
${tables.map((table) => table && tableUnder('h3', table))}
</section>
`;
}

/** Numbers figures as they come. */
function numberFigures(before: number): (figure: Figure) => Html {
  let index = before;
  return (figure) => figureUnder('h3', figure, index++);
}
