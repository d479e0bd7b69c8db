import type { TargetOptions } from './choose-target.ts';

/** Where the templates of a deployment come from. */
export interface SourceOptions extends Omit<TargetOptions, 'region'> {
  /** The stacks' region: of mirrors the one in it is read. */
  readonly region?: string;
  /** A version of a release. Without it, a channel or a URL the configuration is compiled. */
  readonly version?: string;
  readonly channel?: string;
  /** The URL of a release, of a channel, or of a launch link. */
  readonly from?: string;
  /** The bucket's region. Default: of the configuration, or as for other commands. */
  readonly bucketRegion?: string;
  readonly audience?: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}
