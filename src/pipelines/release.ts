import { join, relative } from 'node:path';
import { chooseRegion } from '../cloud/region.ts';
import type { Config } from '../config/config.ts';
import { deployLines } from '../launch/deploy-lines.ts';
import { checkedRegions } from '../launch/launch-region.ts';
import { type Link, makeLinks, PLACEHOLDER_BUCKET } from '../launch/make-links.ts';
import { releasePrefix, templatePath } from '../release/layout.ts';
import { chooseTarget } from './choose-target.ts';
import { mirrorRegions } from './mirrors.ts';
import { type Published, type PublishSettings, publish } from './publish.ts';
import { publishToRegions, type RegionsSettings } from './publish-regions.ts';

/** A release, and how to launch it. */
export interface Released extends Published {
  readonly links: readonly Link[];
  /** Whether the links name a bucket that is still to be chosen: those of a release in a folder. */
  readonly placeholder: boolean;
  /** Lines for the AWS CLI that make the stacks of a release in a folder. */
  readonly deploy: readonly string[];
}

/**
 * Does all of it: compiles, checks, publishes, and makes the links. CloudFormation reads from S3 alone, so the links of
 * a release in a folder have YOUR-BUCKET in them, and there are lines for `aws cloudformation deploy` beside.
 * @throws Refusal as `publish` and `makeLinks` do
 */
export async function release(config: Config, settings: PublishSettings = {}): Promise<Released> {
  const { cwd = process.cwd(), env = process.env } = settings;
  const chosen = chooseTarget(config, settings, { cwd, env });
  const region = chosen.kind === 's3' ? chosen.region : chooseRegion(settings.region ?? config.publish.region, env);
  // Before anything is published that no link could lead to.
  checkedRegions(undefined, region);
  return launchable(config, await publish(config, settings), region, cwd);
}

/**
 * The same to mirrors: the links of each lead to it.
 * @throws Refusal as `publishToRegions` and `makeLinks` do
 */
export async function releaseToRegions(config: Config, settings: RegionsSettings): Promise<readonly Released[]> {
  const { cwd = process.cwd() } = settings;
  const regions = mirrorRegions(config, settings)!;
  const published = await publishToRegions(config, settings);
  return published.map((one, at) => launchable(config, one, regions[at]!, cwd));
}

function launchable(config: Config, published: Published, region: string, cwd: string): Released {
  const { target, templates } = published;
  const { version } = published.release;
  const place = target.kind === 's3' ? target : { bucket: PLACEHOLDER_BUCKET, region, prefix: '' };
  const project = config.project.name;
  const links = makeLinks({ target: place, version, project, templates, regions: [region] });
  if (target.kind === 's3') return { ...published, links, placeholder: false, deploy: [] };
  const folder = join(relative(cwd, target.folder), releasePrefix(version), templatePath(''));
  return { ...published, links, placeholder: true, deploy: deployLines({ templates, folder, project, region }) };
}
