import { type PriceFile, pricesOf } from './price-file.ts';

/** Hours of a month, as AWS's own calculator counts them. */
export const HOURS = 730;

/** What a part of a launch costs; undefined where no price is known. */
export interface CostItem {
  readonly what: string;
  readonly dollarsAnHour: number | undefined;
}

/** What a launch costs: the dearest first, then what no price is known of. */
export interface CostEstimate {
  readonly region: string;
  /** When AWS published the prices; undefined without a price file. */
  readonly pricesOf?: string;
  readonly items: readonly CostItem[];
  /** Of the items with a price; undefined where not one has any. */
  readonly dollarsAnHour: number | undefined;
}

type Prices = Readonly<Record<string, number>>;

/** What every launch has beside it, and no price file knows yet. */
const NOT_COUNTED = 'directory, load balancer, NAT gateway, bastion, disks, backups, database, logs and traffic';

/**
 * What the chosen values cost.
 * @param values of the templates' parameters, defaults among them
 */
export function estimateCost(
  values: Readonly<Record<string, string>>,
  prices: PriceFile | undefined,
  region: string,
): CostEstimate {
  const known = prices && pricesOf(prices, region);
  const nodes = Object.entries(values).flatMap(([name, type]): CostItem[] => {
    const group = /^(.+)InstanceType$/.exec(name)?.[1];
    const count = group === undefined ? 0 : Number(values[`${group}InstanceCount`] ?? 0);
    if (group === undefined || !(count > 0)) return [];
    return [{ what: `${count} × ${type} (${group})`, dollarsAnHour: times(priceOf(known?.instances, type), count) }];
  });
  const items = [...nodes, ...fileSystem(values, known?.lustre), { what: NOT_COUNTED, dollarsAnHour: undefined }];
  const priced = items.flatMap(({ dollarsAnHour }) => dollarsAnHour ?? []);
  const oldest = prices?.sources.map(({ publishedAt }) => publishedAt).toSorted()[0];
  return {
    region,
    ...(oldest !== undefined && { pricesOf: oldest.slice(0, 10) }),
    items: items.toSorted((a, b) => (b.dollarsAnHour ?? -1) - (a.dollarsAnHour ?? -1)),
    dollarsAnHour: priced.length > 0 ? priced.reduce((sum, dollars) => sum + dollars, 0) : undefined,
  };
}

function fileSystem(values: Readonly<Record<string, string>>, lustre: Prices | undefined): CostItem[] {
  const { CreateFileSystem, FileSystemCapacity, FileSystemThroughput = '', ExistingFileSystemDnsName = '' } = values;
  if (CreateFileSystem !== 'true' || ExistingFileSystemDnsName !== '') return [];
  const what = `${FileSystemCapacity} GiB of FSx for Lustre, ${FileSystemThroughput} MB/s per TiB`;
  const aMonth = times(priceOf(lustre, FileSystemThroughput), Number(FileSystemCapacity));
  return [{ what, dollarsAnHour: times(aMonth, 1 / HOURS) }];
}

/** The price of a name that somebody has chosen: `constructor` has none. */
function priceOf(prices: Prices | undefined, name: string): number | undefined {
  return prices && Object.hasOwn(prices, name) ? prices[name] : undefined;
}

function times(price: number | undefined, count: number): number | undefined {
  return price === undefined ? undefined : price * count;
}
