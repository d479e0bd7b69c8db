import { REGION_OFFERS } from '../../aws/generated/region-offers.ts';
import { resourceTypes } from '../resource-types.ts';
import type { PageInput } from './page-input.ts';

/** What is known of a region that a release can be launched in. */
export interface RegionOffer {
  readonly region: string;
  /** Resource types of the release that CloudFormation does not have there; undefined where its registry is not known. */
  readonly lacks: readonly string[] | undefined;
  /** The sizes of HyperPod's instance types there, by family: `c5` has `large`. */
  readonly families: readonly (readonly [string, readonly string[]])[];
}

/** What the regions of a page have of what its release needs. */
export function regionOffers({ regions, templates }: PageInput): readonly RegionOffer[] {
  const needed = new Set(templates.flatMap(({ value }) => resourceTypes(value)));
  return regions.map((region) => {
    const known = Object.hasOwn(REGION_OFFERS, region) ? REGION_OFFERS[region] : undefined;
    const lacks = known?.lacks.filter((type) => needed.has(type));
    return { region, lacks, families: Object.entries(known?.nodes ?? {}) };
  });
}
