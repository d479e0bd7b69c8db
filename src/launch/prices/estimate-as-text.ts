import { type CostEstimate, HOURS } from './estimate-cost.ts';

/** An estimate for people: an hour and a month of each part, and of which day the prices are. */
export function estimateAsText({ region, pricesOf, items, dollarsAnHour }: CostEstimate): string {
  const rows = [
    ['an hour', 'a month', ''],
    ...items.map(({ what, dollarsAnHour: dollars }) => [...amounts(dollars), what]),
    [...amounts(dollarsAnHour), 'all that has a price here'],
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map(([hour, month, what]) =>
    `${hour!.padStart(widths[0]!)}  ${month!.padStart(widths[1]!)}  ${what}`.trimEnd(),
  );
  const about =
    pricesOf === undefined
      ? 'There is no price file, so no price is known: make one with podlaunch prices.'
      : `US dollars on demand in ${region}, by AWS's price lists of ${pricesOf}, without taxes, discounts and training plans. A month has ${HOURS} hours.`;
  return `${lines.join('\n')}\n${about}\n`;
}

function amounts(dollars: number | undefined): [string, string] {
  if (dollars === undefined) return ['unknown', 'unknown'];
  return [dollars.toFixed(2), (dollars * HOURS).toFixed(2)];
}
