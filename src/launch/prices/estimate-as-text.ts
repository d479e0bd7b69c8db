import type { CostEstimate } from './estimate-cost.ts';
import { aboutPrices, estimateRows } from './estimate-rows.ts';

/** An estimate for people: an hour and a month of each part, and of which day the prices are. */
export function estimateAsText(estimate: CostEstimate): string {
  const { parts, sum } = estimateRows(estimate);
  const rows = [{ hour: 'an hour', month: 'a month', what: '' }, ...parts, sum];
  const [hourWide, monthWide] = [rows.map(({ hour }) => hour), rows.map(({ month }) => month)].map((texts) =>
    Math.max(...texts.map(({ length }) => length)),
  );
  const lines = rows.map(({ hour, month, what }) =>
    `${hour.padStart(hourWide!)}  ${month.padStart(monthWide!)}  ${what}`.trimEnd(),
  );
  const about =
    aboutPrices(estimate) ?? 'There is no price file, so no price is known: make one with podlaunch prices.';
  return `${lines.join('\n')}\n${about}\n`;
}
