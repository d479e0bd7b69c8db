import { relative } from 'node:path';
import type { Published } from '../pipelines/publish.ts';
import { planText } from '../publish/plan.ts';
import { releasePrefix } from '../release/layout.ts';
import { targetName } from '../release/target.ts';
import type { Cli } from './cli-context.ts';

/** What was published, for machines. */
export function publishedJson({ release, target, plan, announced }: Published, dryRun = false): object {
  return {
    version: release.version,
    to: targetName(target),
    manifestSha256: release.manifest.sha256,
    channel: plan.channel.channel,
    announced,
    dryRun,
    written: [...(plan.claimed ? [] : [release.manifest]), ...plan.missing].map(({ path }) => path),
    files: release.files.length + 1,
  };
}

/** What was published, or what would be, for people. */
export function publishedText(cli: Cli, { release, target, plan }: Published, dryRun = false): string {
  const place = target.kind === 'folder' ? relative(cli.io.cwd, target.folder) || '.' : targetName(target);
  if (dryRun) return planText(place, plan);
  const files = release.files.length + 1;
  const written = plan.missing.length + (plan.claimed ? 0 : 1);
  const count = written === 0 ? `all ${files} files were there` : `${written} of ${files} files written`;
  const where = `${place}/${releasePrefix(release.version)}`;
  const before = plan.before.value?.version;
  const moved = `Channel ${plan.channel.channel} -> ${release.version}`;
  const from = plan.announced ? '' : ` (was ${before ?? 'not there'})`;
  return `Published ${release.version} to ${where} (${count})\n${moved}${from}\n`;
}

/** What to do with a release that was published to S3. */
export function nextCommand({ release, target }: Published): string {
  if (target.kind === 'folder') return '';
  return `Next: podlaunch links --to ${targetName(target)} --region ${target.region} --version ${release.version}\n`;
}
