import type { CostEstimate } from './estimate-cost.ts';
import { aboutPrices, estimateRows } from './estimate-rows.ts';

/** An estimate for people: an hour and a month of each part, and of which day the prices are. */
export function estimateAsText(estimate: CostEstimate): string {
  const { parts, sum } = estimateRows(estimate);
  const rows = [{ hour: 'an hour', month: 'a month', what: '' }, ...parts, sum];
  const width = (column: 'hour' | 'month') => Math.max(...rows.map((row) => row[column].length));
  const [hours, months] = [width('hour'), width('month')];
  const lines = rows.map(({ hour, month, what }) =>
    `${hour.padStart(hours)}  ${month.padStart(months)}  ${what}`.trimEnd(),
  );
  const about =
    aboutPrices(estimate) ?? 'There is no price file, so no price is known: make one with podlaunch prices.';
  return `${lines.join('\n')}\n${about}\n`;
}
