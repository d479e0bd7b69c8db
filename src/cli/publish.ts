import type { Command } from 'commander';
import { mirrorRegions } from '../pipelines/mirrors.ts';
import { type Published, publish } from '../pipelines/publish.ts';
import { publishToRegions } from '../pipelines/publish-regions.ts';
import { asker } from './ask.ts';
import { askPassphrase } from './ask-passphrase.ts';
import type { Cli } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { progress } from './progress.ts';
import { addReleaseOptions, type PublishCommandOptions, showEvents } from './publish-options.ts';
import { nextCommand, publishedJson, publishedText } from './published.ts';

export function define(command: Command, cli: Cli): void {
  const { cwd, env } = cli.io;
  addReleaseOptions(command)
    .description('Compile, check and publish a release, and point a channel at it')
    .addHelpText(
      'after',
      examples(
        'podlaunch publish --to s3://my-bucket/podlaunch --region us-west-2',
        'podlaunch publish --to s3://my-bucket/podlaunch --audience org:o-a1b2c3d4e5 --dry-run',
        'podlaunch publish --to s3://my-releases-{region}/podlaunch --regions us-west-2,eu-west-1',
        'podlaunch publish --to ./out',
      ),
    )
    .action(async () => {
      const options = command.optsWithGlobals<PublishCommandOptions>();
      const config = await configuration(cli, options.config);
      const regions = mirrorRegions(config, options);
      const display = progress(cli.io, 'Compiling');
      const confirm = options.yes ? undefined : asker(cli, display);
      const settings = {
        ...{ ...options, cwd, env, onEvent: showEvents(display, cli.io), ...askPassphrase(cli, display) },
        ...(confirm && { confirm }),
      };
      const published = await (regions
        ? publishToRegions(config, { ...settings, regions })
        : publish(config, settings).then((one) => [one])
      ).finally(display.done);
      const text = (one: Published) =>
        publishedText(cli, one, options.dryRun) + (options.dryRun ? '' : nextCommand(one));
      await cli.answer({
        json: () => {
          const all = published.map((one) => publishedJson(one, options.dryRun));
          return regions ? { regions: all } : all[0]!;
        },
        text: () => published.map(text).join(''),
        diagnostics: published.flatMap(({ diagnostics }) => diagnostics),
      });
    });
}
