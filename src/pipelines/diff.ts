import type { Config } from '../config/config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diffSides, type ReleaseDiff } from '../diff/release-diff.ts';
import { namedSide, ownSide, type SideOptions } from './diff-side.ts';

/** Where the sides of a diff are looked for; what is left out is as podlaunch.yaml says. */
export type DiffOptions = Partial<SideOptions>;

/** What differs, and what is to be known of the sides. */
export interface ComparedReleases extends ReleaseDiff {
  /** That a side is a release that was withdrawn. */
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
  const place = { ...options, cwd, env };
  const other = after === undefined ? undefined : namedSide(after, config, place);
  const [old, now] = await Promise.all([namedSide(before, config, place), other]);
  const diagnostics = [...(old.warnings ?? []), ...(now?.warnings ?? [])];
  return { ...diffSides(old, now ?? (await ownSide(config, place, old))), diagnostics };
}
