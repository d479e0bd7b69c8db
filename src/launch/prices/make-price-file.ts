import type { PriceFile, RegionPrices } from './price-file.ts';
import type { ListedPrice, PriceList } from './read-price-list.ts';

/** A price file, and what lists say in two ways: of that nothing is in it. */
export interface MadePriceFile {
  readonly file: PriceFile;
  readonly ambiguous: readonly string[];
}

/** Makes a price file of price lists. The same lists give the same file. */
export function makePriceFile(lists: readonly PriceList[]): MadePriceFile {
  const all = lists.flatMap(({ prices }) => prices);
  const key = ({ region, kind, name }: ListedPrice) => `${region} ${kind} ${name}`;
  const first = new Map(all.toReversed().map((price) => [key(price), price.dollars]));
  const differing = new Set(all.filter((price) => first.get(key(price)) !== price.dollars).map(key));
  const isAmbiguous = (price: ListedPrice) => differing.has(key(price));
  const clear = all.filter((price) => !isAmbiguous(price));
  const regions = [...new Set(clear.map(({ region }) => region))].toSorted().map((region): [string, RegionPrices] => {
    const of = (kind: ListedPrice['kind']) => {
      const prices = clear.filter((price) => price.region === region && price.kind === kind);
      return Object.fromEntries(prices.map(({ name, dollars }) => [name, dollars] as const).toSorted(byName));
    };
    return [region, { instances: of('instances'), lustre: of('lustre') }];
  });
  const sources = lists.map(({ offer, publishedAt }) => ({ offer, publishedAt }));
  return {
    file: { schemaVersion: 1, sources, regions: Object.fromEntries(regions) },
    ambiguous: [...differing],
  };
}

function byName([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1;
}
