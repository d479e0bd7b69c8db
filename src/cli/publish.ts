import type { Command } from 'commander';
import { publish } from '../pipelines/publish.ts';
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
        'podlaunch publish --to ./out',
      ),
    )
    .action(async () => {
      const options = command.optsWithGlobals<PublishCommandOptions>();
      const config = await configuration(cli, options.config);
      const display = progress(cli.io, 'Compiling');
      const confirm = options.yes ? undefined : asker(cli, display);
      const published = await publish(config, {
        ...{ ...options, cwd, env, onEvent: showEvents(display, cli.io), ...askPassphrase(cli, display) },
        ...(confirm && { confirm }),
      }).finally(display.done);
      await cli.answer({
        json: () => publishedJson(published, options.dryRun),
        text: () => publishedText(cli, published, options.dryRun) + (options.dryRun ? '' : nextCommand(published)),
        diagnostics: published.diagnostics,
      });
    });
}
