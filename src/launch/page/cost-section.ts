import { defaultsOf } from '../lines/field.ts';
import { estimateCost } from '../prices/estimate-cost.ts';
import { aboutPrices, type EstimateRow, estimateRows } from '../prices/estimate-rows.ts';
import { pricesIn } from '../prices/price-file.ts';
import type { PageGroup } from './form-fields.ts';
import { html, type Markup } from './html.ts';
import type { PageInput } from './page-input.ts';

/** What the form's defaults cost in the first region; the script says what is chosen, by the prices that are here. */
export function costSection({ regions, prices }: PageInput, groups: readonly PageGroup[]): Markup {
  const defaults = defaultsOf(groups.flatMap(({ fields }) => fields));
  const estimate = estimateCost(defaults, prices, regions[0]!);
  const { parts, sum } = estimateRows(estimate);
  const data = prices && JSON.stringify(pricesIn(prices, regions));
  return html`<section id="cost"${data && html` data-prices="${data}"`}${groups.length === 0 && html` hidden`}>
<h2>What it costs</h2>
<div id="cost-known">
<p class="about">With what is chosen above; without the script, with the defaults of the form.</p>
<table>
<thead><tr><th scope="col">Part</th><th scope="col">An hour</th><th scope="col">A month</th></tr></thead>
<tbody id="cost-rows">
${parts.map(row)}</tbody>
<tfoot id="cost-sum" aria-live="polite" aria-atomic="true">
${row(sum)}</tfoot>
</table>
<p class="about" id="cost-about">${aboutPrices(estimate) ?? 'Unknown: the publisher has published no price file with this release, and no price is guessed here.'}</p>
</div>
<p id="cost-fault" hidden></p>
</section>
`;
}

function row({ what, hour, month }: EstimateRow): Markup {
  return html`<tr><th scope="row">${what}</th><td>${hour}</td><td>${month}</td></tr>\n`;
}
