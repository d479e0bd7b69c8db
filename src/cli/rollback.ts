import type { Command } from 'commander';
import { choosePlaces } from '../pipelines/mirrors.ts';
import { rollback } from '../publish/rollback.ts';
import { atPlaces } from './at-places.ts';
import type { Cli } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { progress } from './progress.ts';
import { addTargetOptions, type PublishCommandOptions, regionsOption, showEvents } from './publish-options.ts';

export function define(command: Command, cli: Cli): void {
  addTargetOptions(command)
    .description('Point a channel at an older release again, after reading all of it')
    .addOption(regionsOption('Point the channel of a bucket in each'))
    .requiredOption('--version <version>', 'Version of the release')
    .addHelpText(
      'after',
      examples(
        'podlaunch rollback --to s3://my-bucket/podlaunch --version 1.4.0',
        'podlaunch rollback --channel stable --version 1.4.0',
      ),
    )
    .action(async () => {
      const options = command.optsWithGlobals<PublishCommandOptions & { readonly version: string }>();
      const config = await configuration(cli, options.config);
      const places = choosePlaces(config, options, cli.io);
      const display = progress(cli.io, 'Reading the release');
      const settings = { ...config.publish, ...options, onEvent: showEvents(display, cli.io) };
      await atPlaces(cli, places, {
        ...{ did: 'Rolled back', display },
        act: (target) => rollback(options.version, target, settings),
        answer: ({ channel, version, from, moved, diagnostics }) => ({
          json: () => ({ channel, version, from: from ?? null, moved }),
          text: () =>
            moved
              ? `Channel ${channel} -> ${version} (was ${from ?? 'not there'})`
              : `Channel ${channel} points at ${version} already`,
          diagnostics,
        }),
      });
    });
}
