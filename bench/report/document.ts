import { readFile } from 'node:fs/promises';
import type { Figure } from './figures/index.ts';
import { Html, html } from './html.ts';
import type { Table } from './tables.ts';
import type { Verdict } from './verdict/index.ts';

/** A page that needs nothing else: the style is in it. `meta` is the line below the title. */
export async function renderDocument(
  title: string,
  meta: string,
  body: readonly (Html | undefined)[],
): Promise<string> {
  const style = new Html(await readFile(new URL('page.css', import.meta.url), 'utf8'));
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
<p class="meta">${meta}</p>
</header>
${body}
</main>
</body>
</html>
`.text;
}

/** What the page has found: the sentence, what stands against it, why, and what to know of the figures. */
export function renderVerdict({
  sentence,
  doubts,
  reasons,
  cautions,
}: Pick<Verdict, 'sentence' | 'doubts' | 'reasons' | 'cautions'>): Html {
  return html`<section class="verdict" aria-label="Verdict">
<p class="sentence">${sentence}</p>
${doubts.length > 0 ? html`<ul class="doubts">${doubts.map((doubt) => html`<li>${doubt}</li>`)}</ul>` : undefined}
${reasons.length > 0 ? html`<ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>` : undefined}
${
  cautions.length > 0
    ? html`<div class="cautions"><h2>To know of the figures</h2><ul>${cautions.map((caution) => html`<li>${caution}</li>`)}</ul></div>`
    : undefined
}
</section>
`;
}

export function renderTable({ title, caption, columns, rows }: Table): Html {
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
</section>
`;
}

export function renderFigure({ title, caption, legend, svg }: Figure, index: number): Html {
  return html`<figure>
<h2>Figure ${index + 1}. ${title}</h2>
<p class="legend">${legend.map(({ label, colour }) => html`<span><i style="background:${colour}"></i>${label}</span>`)}</p>
<div class="scroll" tabindex="0" role="region" aria-label="Figure ${index + 1}">${svg}</div>
<figcaption>${caption}</figcaption>
</figure>
`;
}
