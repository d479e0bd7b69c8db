import type { Command } from 'commander';
import { chooseTarget } from '../pipelines/choose-target.ts';
import { readersOf } from '../pipelines/readers.ts';
import { listReleases, type PublishedReleases } from '../publish/list-releases.ts';
import { targetName } from '../release/target.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { progress } from './progress.ts';

interface Options extends GlobalOptions {
  readonly to?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly audience?: string;
}

export function define(command: Command, cli: Cli): void {
  command
    .description('List the releases of a place, the newest first: when each was published, which channels point at it')
    .option('--to <place>', 's3://BUCKET/PREFIX or folder that releases are in (default: of the configuration)')
    .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
    .option('--endpoint-url <url>', "Another S3 than AWS's")
    .option('--audience <audience>', 'Who reads it: public, org:o-… or accounts:ID,… (default: of the configuration)')
    .addHelpText(
      'after',
      examples('podlaunch releases --to s3://my-bucket/podlaunch --region us-west-2', 'podlaunch releases --json'),
    )
    .action(async () => {
      const options = command.optsWithGlobals<Options>();
      const config = await configuration(cli, options.config);
      const target = chooseTarget(config, options, cli.io);
      const display = progress(cli.io, 'Reading the list of releases');
      const { diagnostics, ...found } = await listReleases(target, readersOf(config, options)).finally(display.done);
      await cli.answer({ json: () => found, text: () => releasesText(found, targetName(target)), diagnostics });
    });
}

/** A line for each release, and one below it for why it was withdrawn. */
function releasesText({ releases, now }: Pick<PublishedReleases, 'releases' | 'now'>, place: string): string {
  if (releases.length === 0) return `No release is listed in ${place}. podlaunch publish lists what it publishes.`;
  const width = Math.max(...releases.map(({ version }) => version.length));
  const channelsAt = (version: string) => Object.keys(now).filter((channel) => now[channel] === version);
  return releases
    .flatMap(({ version, publishedAt, withdrawn, minimumFrom }) => {
      const notes = [
        ...channelsAt(version),
        ...(minimumFrom === undefined ? [] : [`updates from ${minimumFrom} on`]),
        ...(withdrawn ? ['WITHDRAWN'] : []),
      ].join(', ');
      const line = `${version.padEnd(width)}  ${publishedAt.slice(0, 16).replace('T', ' ')}  ${notes}`.trimEnd();
      return withdrawn ? [line, `  since ${withdrawn.at.slice(0, 10)}: ${withdrawn.why}`] : [line];
    })
    .join('\n');
}
