import { type CostEstimate, type CostItem, HOURS } from './estimate-cost.ts';

/** A part of an estimate as people read it: US dollars for an hour and a month, or `unknown`. */
export interface EstimateRow {
  readonly what: string;
  readonly hour: string;
  readonly month: string;
}

/** The parts of an estimate, and their sum. */
export function estimateRows({ items, dollarsAnHour }: CostEstimate): {
  readonly parts: readonly EstimateRow[];
  readonly sum: EstimateRow;
} {
  return { parts: items.map(row), sum: row({ what: 'all that has a price here', dollarsAnHour }) };
}

/** Of which day the prices are, and what is not in them; undefined without a price file. */
export function aboutPrices({ region, pricesOf }: CostEstimate): string | undefined {
  if (pricesOf === undefined) return undefined;
  return `US dollars on demand in ${region}, by AWS's price lists of ${pricesOf}, without taxes, discounts and training plans. A month has ${HOURS} hours.`;
}

function row({ what, dollarsAnHour }: CostItem): EstimateRow {
  const amount = (hours: number) => (dollarsAnHour === undefined ? 'unknown' : (dollarsAnHour * hours).toFixed(2));
  return { what, hour: amount(1), month: amount(HOURS) };
}
