import { relative } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config/load.ts';
import { planText } from '../publish/plan.ts';
import { type Published, publish } from '../publish/publish.ts';
import { targetName } from '../publish/target.ts';
import { releasePrefix } from '../release/layout.ts';
import type { Cli } from './cli-context.ts';
import { examples } from './examples.ts';
import { progress } from './progress.ts';
import { addReleaseOptions, type PublishCommandOptions, showEvents } from './publish-options.ts';

export function define(command: Command, cli: Cli): void {
  addReleaseOptions(command)
    .description('Compile, check and publish a release, and point a channel at it')
    .addHelpText(
      'after',
      examples(
        'podlaunch publish --to s3://my-bucket/podlaunch --region us-west-2',
        'podlaunch publish --to s3://my-bucket/podlaunch --audience org:o-a1b2c3d4e5 --dry-run',
        'podlaunch publish --to ./out',
      ),
    )
    .action(async () => {
      const options = command.optsWithGlobals<PublishCommandOptions>();
      const published = await publishWithProgress(cli, options);
      if (published.diagnostics.length > 0) cli.report(published.diagnostics);
      if (cli.json) cli.printJson(publishedJson(published, options.dryRun));
      else
        cli.print(options.dryRun ? planText(placeOf(cli, published), published.plan) : publishedText(cli, published));
    });
}

/** Publishes, and shows on stderr what is going on when it takes long. */
export async function publishWithProgress(cli: Cli, options: PublishCommandOptions): Promise<Published> {
  const { cwd, env } = cli.io;
  const config = await loadConfig(options.config, cwd);
  const display = progress(cli.io, 'Compiling');
  try {
    return await publish(config, { ...options, cwd, env, onEvent: showEvents(display) });
  } finally {
    display.done();
  }
}

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

/** What was published, for people. */
export function publishedText(cli: Cli, published: Published): string {
  const { release, plan } = published;
  const files = release.files.length + 1;
  const written = plan.missing.length + (plan.claimed ? 0 : 1);
  const count = written === 0 ? `all ${files} files were there` : `${written} of ${files} files written`;
  const where = `${placeOf(cli, published)}/${releasePrefix(release.version)}`;
  return `Published ${release.version} to ${where} (${count})\nChannel ${plan.channel.channel} -> ${release.version}\n`;
}

/** The place as the user would write it. */
function placeOf(cli: Cli, { target }: Published): string {
  return target.kind === 'folder' ? relative(cli.io.cwd, target.folder) || '.' : targetName(target);
}
