import { readFile } from 'node:fs/promises';
import {
  formatObjective,
  Html,
  html,
  renderDocument,
  renderFigure,
  renderTable,
  renderVerdict,
} from '../../bench/index.ts';
import { type Advice, families, limitsMs } from '../search/index.ts';
import { costFigure, p95Figure, replicasFigure, trafficFigure } from './figures.ts';
import { choicesTable, trafficTable } from './tables.ts';
import { wordsOf } from './words.ts';

/** The advice as one HTML file that needs nothing else. Its sliders choose among what was simulated. */
export async function advicePage(advice: Advice): Promise<string> {
  const { sentence, reasons, flips, doubts, cautions } = wordsOf(advice);
  const figures = [trafficFigure, p95Figure, replicasFigure, costFigure].flatMap((figure) => figure(advice) ?? []);
  const script = (await readFile(new URL('page.js', import.meta.url), 'utf8')).replaceAll('\r\n', '\n');
  return renderDocument(
    'Faceoff: which way to serve this traffic?',
    `${advice.traffic.source}; ${formatObjective(advice.objective)}; seed ${advice.seed}`,
    [
      renderVerdict({ sentence, doubts, reasons: [...reasons, ...flips], cautions }),
      controls(advice),
      renderTable(choicesTable(advice)),
      ...figures.map(renderFigure),
      renderTable(trafficTable(advice)),
    ],
    script,
  );
}

/** Without its script the page has no sliders, and says the rest all the same. */
function controls(advice: Advice): Html {
  return html`<section id="what-if" hidden>
<h2>What if</h2>
<p><label for="rate">Rate: <output id="rate-said"></output></label><br><input id="rate" type="range"></p>
<p><label for="limit">Limit of the objective: <output id="limit-said"></output></label><br><input id="limit" type="range"></p>
<p><label for="machines">Price of machines: <output id="machines-said"></output></label><br><input id="machines" type="range"></p>
<p><label for="functions">Price of functions: <output id="functions-said"></output></label><br><input id="functions" type="range"></p>
<p id="what-if-answer" class="sentence" aria-live="polite"></p>
<div class="scroll" tabindex="0" role="region" aria-label="Each at its cheapest, then"><table id="what-if-table">
<caption>The cheapest settings then. All of it was simulated beforehand: rates as they are listed, limits a tenth apart.</caption>
<thead><tr><th scope="col">How</th><th scope="col">Settings</th><th scope="col">${advice.prices.currency} a month</th></tr></thead><tbody></tbody></table></div>
</section>
<script type="application/json" id="simulated">${new Html(data(advice))}</script>
`;
}

/** Nothing in it ends the element that holds it. */
function data({ rates, objective, prices }: Advice): string {
  const short = (value: number): number => Number(value.toPrecision(5));
  return JSON.stringify({
    families,
    limits: limitsMs,
    objective,
    prices,
    rates: rates.map(({ factor, rate, results }) => ({
      factor,
      rate,
      results: results.map(({ family, settings, take, shares, good, failed }) => {
        const { vcpus, gib, gibSeconds, calls } = take;
        return {
          family,
          settings,
          take: [vcpus, gib, gibSeconds, calls].map(short),
          shares: shares.map(short),
          good,
          failed,
        };
      }),
    })),
  }).replaceAll('<', '\\u003c');
}
