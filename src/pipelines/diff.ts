import type { Config } from '../config/config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diffSides, type ReleaseDiff } from '../diff/release-diff.ts';
import { type ListedRelease, NO_HISTORY } from '../publish/releases/history.ts';
import { updateFaults, updateSteps } from '../publish/releases/update-path.ts';
import { namedSide, ownSide, type SideOptions } from './diff-side.ts';
import { ownListing } from './own-listing.ts';

/** Where the sides of a diff are looked for; what is left out is as podlaunch.yaml says. */
export type DiffOptions = Partial<SideOptions>;

/** What differs, and what is to be known of the sides. */
export interface ComparedReleases extends ReleaseDiff {
  /** Version of the release that is updated to; undefined for what is none. */
  readonly version?: string;
  /** The releases that stacks of the first side are updated to one after the other; undefined where no list says it. */
  readonly through?: readonly string[];
  /** What releases.json says of the release that is updated to, or will say of the configuration's. */
  readonly listed?: Partial<ListedRelease>;
  /** That a side is a release that was withdrawn, or that one takes no updates from the other. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What an update from one release, folder, template or stack to another does: see `diffTemplates`.
 * @param before, after `1.4.0`, `latest`, `dist`, `template.yaml` or `stack:NAME`; without `after` the configuration as
 *   it would be published now
 * @throws Refusal as `namedSide` does, and of the configuration's scripts
 */
export async function diff(
  config: Config,
  before: string,
  after?: string,
  { cwd = '.', env = process.env, ...options }: DiffOptions = {},
): Promise<ComparedReleases> {
  const place = { ...options, cwd, env, before: new Map() };
  const other = after === undefined ? undefined : namedSide(after, config, place);
  const [old, now] = await Promise.all([namedSide(before, config, place), other]);
  const target = after === undefined ? ownListing(config) : now?.listed;
  const history = now?.history ?? old.history ?? NO_HISTORY;
  const faults = old.version === undefined ? [] : updateFaults(old.version, target, history);
  const warnings = faults.map((fault): Diagnostic => ({ ...fault, severity: 'warning' }));
  const diagnostics = [...(old.warnings ?? []), ...(now?.warnings ?? []), ...warnings];
  const through = old.version !== undefined && target && updateSteps(old.version, target, history);
  const version = now?.version;
  const side = now ?? (await ownSide(config, place, old));
  return {
    ...diffSides(old, side),
    ...(version !== undefined && { version }),
    ...(through && { through }),
    ...(target && { listed: target }),
    diagnostics,
  };
}
