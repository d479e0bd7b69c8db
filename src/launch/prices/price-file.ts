import { refuse } from '../../diagnostics/refusal.ts';
import { fields, isRecord, parseJson } from '../../release/read-json.ts';

/** What is known of a region, in US dollars. */
export interface RegionPrices {
  /** A node for an hour, by its type. */
  readonly instances: Readonly<Record<string, number>>;
  /** A GB of a Lustre file system on SSD for a month, by its throughput in MB/s per TiB. */
  readonly lustre: Readonly<Record<string, number>>;
}

/** A price list that a price file was made from. */
export interface PriceSource {
  /** AWS's name for the list: `AmazonSageMaker`. */
  readonly offer: string;
  /** When AWS published it. */
  readonly publishedAt: string;
}

/** A price file: prices of AWS's public price lists that an estimate needs, and of which day they are. */
export interface PriceFile {
  readonly schemaVersion: 1;
  readonly sources: readonly PriceSource[];
  readonly regions: Readonly<Record<string, RegionPrices>>;
}

/**
 * Reads a price file.
 * @param place how a message names it
 * @throws Refusal PL5019 for what is none
 */
export function parsePriceFile(bytes: Uint8Array, place: string): PriceFile {
  const value = parseJson(bytes);
  if (isPriceFile(value)) return value;
  throw refuse({
    code: 'PL5019',
    message: `${place} is not a price file.`,
    hint: "Make one from AWS's price lists: podlaunch prices LIST… --out prices.json.",
  });
}

/** What is known of a region; nothing of one that is not in the file. */
export function pricesOf({ regions }: PriceFile, region: string): RegionPrices {
  return Object.hasOwn(regions, region) ? regions[region]! : { instances: {}, lustre: {} };
}

/** A price file without what it says of other regions. */
export function pricesIn(file: PriceFile, regions: readonly string[]): PriceFile {
  const wanted = Object.entries(file.regions).filter(([region]) => regions.includes(region));
  return { ...file, regions: Object.fromEntries(wanted) };
}

function isPriceFile(value: unknown): value is PriceFile {
  const { schemaVersion, sources, regions } = fields(value);
  return (
    schemaVersion === 1 &&
    Array.isArray(sources) &&
    sources.every(isSource) &&
    isRecord(regions) &&
    Object.values(regions).every(isRegion)
  );
}

function isSource(value: unknown): boolean {
  const { offer, publishedAt } = fields(value);
  return typeof offer === 'string' && typeof publishedAt === 'string';
}

function isRegion(value: unknown): boolean {
  const { instances, lustre } = fields(value);
  return [instances, lustre].every((prices) => isRecord(prices) && Object.values(prices).every(isPrice));
}

function isPrice(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
