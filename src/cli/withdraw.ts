import { type Command, Option } from 'commander';
import { choosePlaces } from '../pipelines/mirrors.ts';
import { bucketOwner } from '../pipelines/readers.ts';
import type { ListedRelease } from '../publish/releases/history.ts';
import { withdraw } from '../publish/withdraw.ts';
import { atPlaces } from './at-places.ts';
import type { Cli } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { progress } from './progress.ts';
import { addChangeOptions, type PublishedOptions } from './publish-options.ts';

interface Options extends PublishedOptions {
  readonly why?: string;
  readonly undo?: true;
}

export function define(command: Command, cli: Cli): void {
  command
    .description('Warn everybody who opens, links to or compares a release; its files stay where they are')
    .argument('<version>', 'Version of the release')
    .option('--why <text>', 'What is wrong with it, and what to do, in one line')
    .addOption(new Option('--undo', 'Take a withdrawal back').conflicts('why'));
  addChangeOptions(command, 'Change the list of a bucket in each')
    .addHelpText(
      'after',
      examples(
        'podlaunch withdraw 1.4.1 --why "It loses queued jobs at an update. Use 1.4.2."',
        'podlaunch withdraw 1.4.1 --undo --to s3://my-releases-{region}/podlaunch --regions us-west-2,eu-west-1',
      ),
    )
    .action(async (version: string) => {
      const options = command.optsWithGlobals<Options>();
      const { why, undo } = options;
      if (why === undefined && !undo) command.error('error: say --why, or --undo to take a withdrawal back');
      const config = await configuration(cli, options.config);
      const places = choosePlaces(config, options, cli.io);
      const now = new Date();
      await atPlaces(cli, places, {
        did: undo ? 'The withdrawal is taken back' : 'Withdrawn',
        display: progress(cli.io, 'Changing the list of releases'),
        act: (target) => withdraw(version, why, target, { ...bucketOwner(config, options), now: () => now }),
        answer: ({ release, diagnostics }) => ({
          json: () => release,
          text: () => withdrawnText(release),
          diagnostics,
        }),
      });
    });
}

function withdrawnText({ version, withdrawn }: ListedRelease): string {
  return withdrawn
    ? `Withdrawn: ${version}, since ${withdrawn.at}: ${withdrawn.why}`
    : `Release ${version} is not withdrawn.`;
}
