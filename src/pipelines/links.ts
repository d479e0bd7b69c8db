import type { Config } from '../config/config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { checkedRegions } from '../launch/launch-region.ts';
import { type Link, type LinkTemplate, makeLinks, unreadTemplate } from '../launch/make-links.ts';
import type { S3Target } from '../release/target.ts';
import { STACK_NAMES, type StackName } from '../stacks/stack-name.ts';
import { chooseS3Target, isMirrored, type TargetOptions } from './choose-target.ts';
import { compiledAnywhere } from './compiled-anywhere.ts';
import { configuredAssets } from './configured-assets.ts';
import { filesBeside } from './files-beside.ts';
import { mirrorRegions } from './mirrors.ts';
import { readersOf } from './readers.ts';
import { releaseVersion } from './release-version.ts';

/** Which links are made; the target's options win over podlaunch.yaml's. */
export interface LinksOptions extends TargetOptions {
  /** The release that the links are pinned to. Default: the one that publishing would make now. */
  readonly version?: string;
  /** Pins the links to the release that the channel points at now, instead. */
  readonly channel?: string;
  /** Does not look at the release: it may not be published, or have other parameters. Default: `false`. */
  readonly offline?: boolean;
  /** Who reads the release: `public` (without credentials), `org:o-…` or `accounts:ID,…`. */
  readonly audience?: string;
  /** Regions of the console. Default: the bucket's, or those of all mirrors. */
  readonly launchRegions?: readonly string[];
  /** Default: all. */
  readonly stacks?: readonly StackName[];
  /** Stacks are called `STACKNAME-STACK`. Default: the project's name. */
  readonly stackName?: string;
  /** Whether the links update stacks that are there, instead of making them. Default: `false`. */
  readonly update?: boolean;
  /** Values to fill in, by name of the parameter. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What `lifecycleScripts` of the configuration is relative to. Default: where the process runs. */
  readonly cwd?: string;
  /** Default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Links, and the release that they are pinned to. */
export interface PinnedLinks {
  readonly version: string;
  /** SHA-256 of the release's manifest; undefined where nobody looked, and of mirrors, which each have their own. */
  readonly manifestSha256?: string;
  readonly links: readonly Link[];
  /** That the release was withdrawn, or does not take an update from every release. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes the quick-create links of a release, after looking at it where they lead. Where the place has a bucket in each
 * region, the links of a region lead to its own.
 * @throws Refusal PL5001 without a place in S3, PL5012 for what cannot be done without looking, those of `makeLinks`, of `findRelease` and of the target
 */
export async function links(config: Config, options: LinksOptions = {}): Promise<PinnedLinks> {
  const { launchRegions, channel: _channel, ...same } = options;
  const regions = launchRegions ?? mirrorRegions(config, options) ?? [];
  const [first, ...others] = new Set(regions);
  if (first === undefined || !isMirrored(config, options)) return linksOfPlace(config, options);
  const inRegion = (region: string) => ({ region, launchRegions: [region] });
  const made = await linksOfPlace(config, { ...options, ...inRegion(first) });
  const pin = options.offline ? {} : { version: made.version };
  const all: PinnedLinks[] = [made];
  for (const region of others) all.push(await linksOfPlace(config, { ...same, ...pin, ...inRegion(region) }));
  return {
    version: made.version,
    links: all.flatMap((one) => one.links),
    diagnostics: all.flatMap((one) => one.diagnostics),
  };
}

async function linksOfPlace(config: Config, options: LinksOptions): Promise<PinnedLinks> {
  const { stackName = config.project.name, update = false, parameters, cwd = '.', env = process.env } = options;
  const target = chooseS3Target(config, options, { cwd, env });
  // Before anything is asked of a region that there is not.
  const regions = checkedRegions(options.launchRegions, target.region);
  const { templates, ...release } = options.offline
    ? await unseenRelease(config, options, cwd)
    : await seenRelease(config, options, target, cwd);
  const made = makeLinks({
    target,
    version: release.version,
    project: stackName,
    templates,
    regions,
    update,
    ...(parameters && { parameters }),
  });
  return { ...release, links: made };
}

interface Pinned {
  readonly version: string;
  readonly manifestSha256?: string;
  readonly templates: readonly LinkTemplate[];
  readonly diagnostics: readonly Diagnostic[];
}

async function seenRelease(config: Config, options: LinksOptions, target: S3Target, cwd: string): Promise<Pinned> {
  const { channel, stacks, update = false } = options;
  const version = options.version ?? config.release.version;
  const ownVersion = () => releaseVersion(config, configuredAssets(config, cwd).assets, filesBeside(config, cwd));
  const { findRelease } = await import('./find-release.ts');
  return findRelease(target, {
    pin: channel === undefined ? { version: version ?? (await ownVersion()) } : { channel },
    ...(stacks && { stacks }),
    update,
    ...readersOf(config, options),
  });
}

/** A release that nobody looked at has the templates of the configuration; of another version nobody knows the parameters. */
async function unseenRelease(
  config: Config,
  { version, channel, stacks, parameters }: LinksOptions,
  cwd: string,
): Promise<Pinned> {
  if (channel !== undefined) throw needsLook(`the release that the channel ${channel} names`);
  if (version !== undefined && parameters !== undefined) throw needsLook(`the parameters of release ${version}`);
  const { assets } = configuredAssets(config, cwd);
  const templates = parameters ? await compiledAnywhere(config, assets) : STACK_NAMES.map(unreadTemplate);
  return {
    version: version ?? (await releaseVersion(config, assets, filesBeside(config, cwd))),
    templates: stacks ? templates.filter(({ stack }) => stacks.includes(stack)) : templates,
    diagnostics: [],
  };
}

function needsLook(what: string): Error {
  return refuse({
    code: 'PL5012',
    message: `Without reading the release podlaunch does not know ${what}.`,
    hint: 'Leave out --offline.',
  });
}
