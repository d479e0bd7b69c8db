/** A product of a small price list, in the form that AWS documents. */
interface Product {
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit: string;
  /** One price, or several for several amounts. */
  readonly dollars: readonly string[];
}

/** A price list of AWS's form, with these products. */
export function priceList(offerCode: string, products: readonly Product[], more: object = {}): Uint8Array {
  const skus = products.map((_, at) => `SKU${at}`);
  const list = {
    formatVersion: 'v1.0',
    offerCode,
    version: '20261120000000',
    publicationDate: '2026-11-20T10:00:00Z',
    products: Object.fromEntries(
      products.map(({ attributes }, at) => [skus[at], { sku: skus[at], productFamily: 'ML Instance', attributes }]),
    ),
    terms: {
      OnDemand: Object.fromEntries(
        products.map((product, at) => [skus[at], { [`${skus[at]}.JRTCKXETXF`]: offer(product) }]),
      ),
      Reserved: { SKU0: { 'SKU0.R': offer({ ...products[0]!, dollars: ['0.001'] }) } },
    },
    ...more,
  };
  return new TextEncoder().encode(JSON.stringify(list));
}

function offer({ unit, dollars }: Product): object {
  const dimensions = dollars.map((USD, at) => [
    `RATE${at}`,
    {
      rateCode: `RATE${at}`,
      description: 'any',
      beginRange: '0',
      endRange: 'Inf',
      unit,
      pricePerUnit: { USD },
      appliesTo: [],
    },
  ]);
  return {
    offerTermCode: 'JRTCKXETXF',
    effectiveDate: '2026-11-01T00:00:00Z',
    priceDimensions: Object.fromEntries(dimensions),
    termAttributes: {},
  };
}

/** A node of HyperPod. */
export function node(type: string, ...dollars: readonly string[]): Product {
  const attributes = { regionCode: 'us-west-2', usagetype: `USW2-Cluster:${type}`, instanceName: type };
  return { attributes, unit: 'Hrs', dollars };
}

/** A GB of a Lustre file system. */
export function lustre(throughputCapacity: string, ...dollars: readonly string[]): Product {
  const attributes = {
    regionCode: 'us-west-2',
    usagetype: `USW2-Storage.SSD.${throughputCapacity}`,
    fileSystemType: 'Lustre',
    storageType: 'SSD',
    throughputCapacity,
  };
  return { attributes, unit: 'GB-Mo', dollars };
}
