import type { PageField } from './field.ts';

/** A stack of the page's release. */
export interface StackFacts {
  readonly name: string;
  /** Where its template is within a release: `templates/cluster.yaml`. */
  readonly path: string;
  readonly makesIam: boolean;
}

/** A region to choose. */
export interface RegionFacts {
  readonly name: string;
  /** Host of the console. */
  readonly console: string;
  /** Resource types of the release that CloudFormation does not have there, as far as the page knows. */
  readonly lacks: readonly string[];
}

/** What the page's script knows: constants of the build, which nothing that it reads later can change. */
export interface PageFacts {
  readonly version: string;
  /** SHA-256 of the release's manifest, hex. */
  readonly manifestSha256: string;
  readonly channel: string;
  /** Where releases are read from; ends in `/`. */
  readonly releases: string;
  /** The same place as CloudFormation reads it: always AWS's own address. */
  readonly templates: string;
  /** Stacks are called `PROJECT-STACK`. */
  readonly project: string;
  /** The regions to choose from. */
  readonly regions: readonly RegionFacts[];
  readonly stacks: readonly StackFacts[];
  /** The stacks that the form is for: they have the same fields. */
  readonly formOf: readonly string[];
  readonly fields: readonly PageField[];
}
