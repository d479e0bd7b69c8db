import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import type { Config } from '../config/config.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { type Catalog, type CatalogRelease, catalog } from '../launch/catalog/catalog.ts';
import { listReleases } from '../publish/list-releases.ts';
import { type S3Target, targetName, templateUrl } from '../release/target.ts';
import type { WholeStackName } from '../stacks/stack-name.ts';
import { chooseS3Target, type TargetOptions } from './choose-target.ts';
import { readersOf } from './readers.ts';

/** Which releases are offered; the target's options win over podlaunch.yaml's. */
export interface CatalogOptions extends TargetOptions {
  /** Who reads the releases: `public` (without credentials), `org:o-…` or `accounts:ID,…`. */
  readonly audience?: string;
  /** What is launched. Default: `launchpad`. */
  readonly stack?: WholeStackName;
  /** How many releases at most, the newest. Default: 5. */
  readonly newest?: number;
  /** Default: where the process runs. */
  readonly cwd?: string;
  /** Default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A catalogue's template, and the versions that it offers, the newest first. */
export interface MadeCatalog {
  readonly versions: readonly string[];
  readonly template: Catalog;
}

/**
 * Makes the template of a Service Catalog product of the newest releases that were not withdrawn, after looking at each.
 * @throws Refusal PL5021, PL5022, those of the target, of `listReleases` and of `findRelease`
 */
export async function makeCatalog(config: Config, options: CatalogOptions = {}): Promise<MadeCatalog> {
  const { cwd = '.', env = process.env, newest = 5, stack = 'launchpad' } = options;
  const target = chooseS3Target(config, options, { cwd, env });
  const readers = readersOf(config, options);
  const { findRelease } = await import('./find-release.ts');
  const { releases } = await listReleases(target, readers);
  const offered = releases.filter(({ withdrawn }) => withdrawn === undefined).slice(0, newest);
  if (offered.length === 0) throw nothingToOffer(target);
  const found = await inParallel(offered, AT_A_TIME, async ({ version, publishedAt }): Promise<CatalogRelease> => {
    const { templates } = await findRelease(target, { pin: { version }, stacks: [stack], ...readers });
    const { file, value } = templates[0]!;
    return { version, publishedAt, url: templateUrl(target, version, file), template: value };
  });
  const { project, page } = config;
  const template = catalog({
    releases: found,
    project: project.name,
    publisher: page.publisher ?? project.name,
    summary: page.title,
  });
  return { versions: offered.map(({ version }) => version), template };
}

function nothingToOffer(target: S3Target): Error {
  return refuse({
    code: 'PL5022',
    message: `No release that could be offered is listed in ${targetName(target)}.`,
    hint: 'Publish one first: podlaunch publish. podlaunch releases lists those that were withdrawn, too.',
  });
}
