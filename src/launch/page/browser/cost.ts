import { estimateCost } from '../../prices/estimate-cost.ts';
import { aboutPrices, type EstimateRow, estimateRows } from '../../prices/estimate-rows.ts';
import type { PriceFile } from '../../prices/price-file.ts';
import { byId, show } from './elements.ts';

const { prices: data } = byId('cost').dataset;

/** Prices that the page was made with: a constant of the build. */
const prices: PriceFile | undefined = data === undefined ? undefined : JSON.parse(data);

/**
 * Says what the chosen values cost, by the arithmetic of `podlaunch estimate`.
 * @param chosen values of all fields; undefined while one is wrong
 */
export function renderCost(chosen: Readonly<Record<string, string>> | undefined, region: string): void {
  show('cost-known', chosen !== undefined);
  show('cost-fault', chosen === undefined);
  byId('cost-fault').textContent = chosen ? '' : 'Nothing is added up while a value above is wrong.';
  if (!chosen) return;
  const estimate = estimateCost(chosen, prices, region);
  const { parts, sum } = estimateRows(estimate);
  byId('cost-rows').replaceChildren(...parts.map(row));
  byId('cost-sum').replaceChildren(row(sum));
  const about = aboutPrices(estimate);
  if (about !== undefined) byId('cost-about').textContent = about;
}

function row({ what, hour, month }: EstimateRow): HTMLTableRowElement {
  const made = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = what;
  made.append(head);
  for (const amount of [hour, month]) made.insertCell().textContent = amount;
  return made;
}
