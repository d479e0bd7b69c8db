import { refuse } from '../../diagnostics/refusal.ts';
import { fields, isRecord, parseJson } from '../../release/read-json.ts';

/** A price of a list that an estimate can use. */
export interface ListedPrice {
  readonly region: string;
  readonly kind: 'instances' | 'lustre';
  /** Type of the instance, or throughput of the file system. */
  readonly name: string;
  readonly dollars: number;
}

/** What a list says. */
export interface PriceList {
  readonly offer: string;
  readonly publishedAt: string;
  readonly prices: readonly ListedPrice[];
}

/** Usage of HyperPod nodes: `USW2-Cluster:ml.p5.48xlarge`; what is reserved ends differently. */
const NODE = /^(?:[A-Z0-9]+-)?Cluster:(ml\.[a-z0-9-]+\.[a-z0-9]+)$/;

/**
 * Reads a service's file of AWS's price list (Bulk API), as JSON: products with attributes, and what each costs on demand.
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-an-offer.html
 * Of a product with several prices, such as one that is cheaper beyond some amount, nothing is taken.
 * @param place how a message names the file
 * @throws Refusal PL5020 for what is none
 */
export function readPriceList(bytes: Uint8Array, place: string): PriceList {
  const { offerCode, publicationDate, products, terms } = fields(parseJson(bytes));
  const onDemand = fields(terms)['OnDemand'];
  if (
    typeof offerCode !== 'string' ||
    typeof publicationDate !== 'string' ||
    !isRecord(products) ||
    !isRecord(onDemand)
  ) {
    throw refuse({
      code: 'PL5020',
      message: `${place} is not a price list of AWS.`,
      hint: 'Give the JSON of a service and region, such as https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonSageMaker/current/us-west-2/index.json.',
    });
  }
  const prices = Object.entries(products).flatMap(([sku, product]) => {
    const about = productOf(offerCode, fields(fields(product)['attributes']));
    const dollars = about && dollarsOf(onDemand[sku], about.unit);
    return about && dollars !== undefined
      ? [{ region: about.region, kind: about.kind, name: about.name, dollars }]
      : [];
  });
  return { offer: offerCode, publishedAt: publicationDate, prices };
}

interface Product extends Omit<ListedPrice, 'dollars'> {
  readonly unit: RegExp;
}

/** What a product is, where an estimate needs it. */
function productOf(offer: string, attributes: Readonly<Record<string, unknown>>): Product | undefined {
  const { regionCode, usagetype, fileSystemType, storageType, throughputCapacity } = attributes;
  if (typeof regionCode !== 'string' || typeof usagetype !== 'string') return undefined;
  const node = NODE.exec(usagetype)?.[1];
  if (offer === 'AmazonSageMaker' && node)
    return { region: regionCode, kind: 'instances', name: node, unit: /^(Hrs|Hours?)$/i };
  const isLustre = offer === 'AmazonFSx' && fileSystemType === 'Lustre' && storageType === 'SSD';
  const throughput = /^[0-9]+/.exec(typeof throughputCapacity === 'string' ? throughputCapacity : '')?.[0];
  return isLustre && throughput ? { region: regionCode, kind: 'lustre', name: throughput, unit: /^GB-Mo/i } : undefined;
}

/** The one price of a product in its unit; undefined where there are none or several. */
function dollarsOf(offers: unknown, unit: RegExp): number | undefined {
  const dimensions = Object.values(fields(offers)).flatMap((offer) =>
    Object.values(fields(fields(offer)['priceDimensions'])),
  );
  const [only, ...more] = dimensions.map(fields);
  if (!only || more.length > 0 || typeof only['unit'] !== 'string' || !unit.test(only['unit'])) return undefined;
  const dollars = Number(fields(only['pricePerUnit'])['USD']);
  return Number.isFinite(dollars) && dollars > 0 ? dollars : undefined;
}
