import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Figure, swatch } from './figures/index.ts';
import { Html, html } from './html.ts';
import { sortKey } from './sort-key.ts';
import type { Table } from './tables/index.ts';
import { typeset } from './typeset.ts';
import type { Verdict } from './verdict/index.ts';

/**
 * A page that needs nothing else: its style and its script are in it, and its policy lets the browser load, run and
 * send nothing beside these. `meta` is the line below the title, `more` a script of the page's own.
 */
export async function renderDocument(
  title: string,
  meta: string,
  body: readonly (Html | undefined)[],
  more = '',
): Promise<string> {
  const style = await readPart('page.css');
  const script = (await readPart('page.js')) + more;
  const policy = [
    "default-src 'none'",
    `style-src '${sha256(style)}'`,
    `script-src '${sha256(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<header>
<h1>${title}</h1>
<p class="meta">${meta}</p>
</header>
${body}
</main>
<script type="module">${new Html(script)}</script>
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
  const list = (items: readonly string[], name: string): Html | undefined =>
    items.length === 0
      ? undefined
      : html`<ul class="${name}">${items.map((item) => html`<li>${typeset(item)}</li>`)}</ul>`;
  return html`<section class="verdict" aria-label="Verdict">
<p class="sentence">${typeset(sentence)}</p>
${list(doubts, 'doubts')}
${list(reasons, 'reasons')}
${cautions.length > 0 ? html`<h2>To know of the figures</h2>${list(cautions, 'cautions')}` : undefined}
</section>
`;
}

export function renderTable(table: Table): Html {
  return tableUnder('h2', table);
}

/** A table under a heading of that level: columns that can be sorted say so, and their cells by what. */
export function tableUnder(level: Level, { title, caption, columns, rows, alike = false }: Table): Html {
  const head = (column: string, index: number): Html =>
    column !== '' && (alike || index === 0)
      ? html`<th scope="col" data-sort>${column}</th>`
      : html`<th scope="col">${column}</th>`;
  return html`<section>
${heading(level, title)}
<div class="scroll" tabindex="0" role="region" aria-label="${title}">
<table>
<caption>${typeset(caption)}</caption>
<thead><tr>${columns.map(head)}</tr></thead>
<tbody>
${rows.map(
  ([first = '', ...cells]) => html`<tr><th scope="row"${key(first)}>${typeset(first)}</th>${cells.map(cell)}</tr>
`,
)}</tbody>
</table>
</div>
</section>
`;
}

export function renderFigure(figure: Figure, index: number): Html {
  return figureUnder('h2', figure, index);
}

export function figureUnder(level: Level, { title, caption, legend, svg }: Figure, index: number): Html {
  const name = `Figure ${index + 1}. ${title}`;
  return html`<figure>
${heading(level, name)}
${legend.length > 0 ? html`<p class="legend">${legend.map((each) => html`<span>${swatch(each)}${each.label}</span>`)}</p>` : undefined}
<div class="scroll" tabindex="0" role="region" aria-label="${name}">${svg}</div>
<figcaption>${typeset(caption)}</figcaption>
</figure>
`;
}

export type Level = 'h2' | 'h3';

function heading(level: Level, text: string): Html {
  return level === 'h2' ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`;
}

/** An interval, or whatever stands in brackets at the end, is said more softly than the figure. */
function cell(text: string): Html {
  const [, figure, more] = /^([^()]+) (\([^()]+\))$/.exec(text) ?? [];
  if (figure === undefined || more === undefined) return html`<td${key(text)}>${typeset(text)}</td>`;
  return html`<td${key(text)}>${typeset(figure)} <span class="soft">${typeset(more)}</span></td>`;
}

function key(text: string): Html | undefined {
  const value = sortKey(text);
  return value === undefined ? undefined : html` data-key="${value}"`;
}

/** The hash of what stands in the page is that of the text with the line ends of HTML. */
async function readPart(name: string): Promise<string> {
  return (await readFile(new URL(name, import.meta.url), 'utf8')).replaceAll('\r\n', '\n');
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
