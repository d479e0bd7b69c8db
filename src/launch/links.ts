import { resolve } from 'node:path';
import { readAssets } from '../assets/read-assets.ts';
import { compile } from '../compile/compile.ts';
import type { Config } from '../config/config.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { chooseTarget, type TargetOptions } from '../publish/choose-target.ts';
import type { S3Target } from '../publish/target.ts';
import { derivedVersion } from '../release/version.ts';
import type { StackName } from '../stacks/stack-name.ts';
import { VERSION } from '../version.ts';
import { type Link, makeLinks } from './make-links.ts';

/** Which links are made; the target's options win over podlaunch.yaml's. */
export interface LinksOptions extends TargetOptions {
  /** The release that the links are pinned to. Default: the one that publishing would make now. */
  readonly version?: string;
  /** Pins the links to the release that the channel points at now, instead. */
  readonly channel?: string;
  /** Regions of the console. Default: the bucket's. */
  readonly launchRegions?: readonly string[];
  /** Default: all. */
  readonly stacks?: readonly StackName[];
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
  readonly links: readonly Link[];
}

/**
 * Makes the quick-create links of a release. Asks nothing of the network, but for the file of a channel.
 * @throws Refusal PL5001 without a place in S3, those of `makeLinks`, of `channelVersion` and of the target
 */
export async function links(config: Config, options: LinksOptions = {}): Promise<PinnedLinks> {
  const { channel, stacks, launchRegions, parameters, cwd = '.', env = process.env } = options;
  const target = s3Target(config, options, { cwd, env });
  const scripts = config.lifecycleScripts;
  const assets = readAssets(scripts === undefined ? undefined : resolve(cwd, scripts));
  const templates = compile(config, assets);
  const version =
    channel === undefined
      ? (options.version ?? config.release.version ?? derivedVersion(VERSION, templates, assets))
      : await (await import('./channel-version.ts')).channelVersion(target, channel);
  const made = makeLinks({
    target,
    version,
    project: config.project.name,
    templates: stacks ? templates.filter(({ stack }) => stacks.includes(stack)) : templates,
    ...(launchRegions && { regions: launchRegions }),
    ...(parameters && { parameters }),
  });
  return { version, links: made };
}

function s3Target(config: Config, options: LinksOptions, place: Parameters<typeof chooseTarget>[2]): S3Target {
  const target = chooseTarget(config, options, place);
  if (target.kind === 's3') return target;
  const given = options.to ?? config.publish.to;
  throw refuse({
    code: 'PL5001',
    message:
      given === undefined
        ? 'Links need a place in S3, and none is given.'
        : `CloudFormation cannot read from the folder ${given}.`,
    hint: 'Say where releases are published: --to s3://my-bucket/podlaunch, or publish.to in podlaunch.yaml.',
  });
}
