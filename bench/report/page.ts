import { readFile } from 'node:fs/promises';
import type { Manifest } from '../record/index.ts';
import type { Figure } from './figures/index.ts';
import { Html, html } from './html.ts';
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
export async function renderPage({ manifest, verdict, tables, figures }: Page): Promise<string> {
  const style = new Html(await readFile(new URL('page.css', import.meta.url), 'utf8'));
  const title = `Faceoff: ${manifest.targets.map(({ name }) => name).join(' or ')}?`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
${style}</style>
</head>
<body>
<main>
<header>
<h1>${title}</h1>
<p class="meta">${manifest.profile} profile, ${manifest.started.slice(0, 16).replace('T', ' ')} UTC, ${manifest.host.cores} cores</p>
</header>
${verdictCard(verdict)}
${table(tables.performance)}
${figures.map(figure)}
${tables.capacity && table(tables.capacity)}
${tables.burst && table(tables.burst)}
${table(tables.aspects)}
${tables.resources && table(tables.resources)}
${tables.cost && table(tables.cost)}
${table(tables.answers)}
${table(tables.settings)}
<footer>
<p>Raw data beside this file: ${rawData.map((name, index) => html`${index > 0 ? ', ' : ''}<a href="${name}">${name}</a>`)}.</p>
</footer>
</main>
</body>
</html>
`.text;
}

function verdictCard({ sentence, doubts, reasons, cautions }: Verdict): Html {
  return html`<section class="verdict" aria-label="Verdict">
<p class="sentence">${sentence}</p>
${doubts.length > 0 ? html`<ul class="doubts">${doubts.map((doubt) => html`<li>${doubt}</li>`)}</ul>` : undefined}
${reasons.length > 0 ? html`<ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>` : undefined}
${
  cautions.length > 0
    ? html`<div class="cautions"><h2>To know of the figures</h2><ul>${cautions.map((caution) => html`<li>${caution}</li>`)}</ul></div>`
    : undefined
}
</section>`;
}

function table({ title, caption, columns, rows }: Table): Html {
  return html`<section>
<h2>${title}</h2>
<div class="scroll" tabindex="0" role="region" aria-label="${title}">
<table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${rows.map(
  ([head, ...cells]) => html`<tr><th scope="row">${head}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
)}</tbody>
</table>
</div>
</section>`;
}

function figure({ title, caption, legend, svg }: Figure, index: number): Html {
  return html`<figure>
<h2>Figure ${index + 1}. ${title}</h2>
<p class="legend">${legend.map(({ label, colour }) => html`<span><i style="background:${colour}"></i>${label}</span>`)}</p>
<div class="scroll" tabindex="0" role="region" aria-label="Figure ${index + 1}">${svg}</div>
<figcaption>${caption}</figcaption>
</figure>`;
}
