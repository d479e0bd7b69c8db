import type { S3Target } from '../../release/target.ts';
import type { LinkTemplate } from '../make-links.ts';
import type { PriceFile } from '../prices/price-file.ts';

/** A template of the release that a page is for. */
export interface PageTemplate extends LinkTemplate {
  /** SHA-256 of its text, hex. */
  readonly sha256: string;
}

/** A picture that is shipped with the page. */
export interface Logo {
  readonly bytes: Uint8Array;
  /** End of its file's name: what it is. */
  readonly kind: 'svg' | 'png';
}

/** How a publisher's page looks. */
export interface Look {
  /** Who publishes. */
  readonly publisher?: string;
  readonly title: string;
  /** `#rrggbb` */
  readonly colour: string;
  readonly logo?: Logo;
}

/** What a page is made of. */
export interface PageInput {
  /** Where the releases are. */
  readonly target: S3Target;
  readonly version: string;
  readonly manifestSha256: string;
  /** The channel that the page compares its release with. */
  readonly channel: string;
  /** In the order in which they are launched. */
  readonly templates: readonly PageTemplate[];
  /** Stacks are called `PROJECT-STACK`. */
  readonly project: string;
  /** The regions to choose from, as `checkedRegions` gives them. */
  readonly regions: readonly string[];
  readonly look: Look;
  /** What the release knows of prices; without it every cost is unknown. */
  readonly prices?: PriceFile;
}
