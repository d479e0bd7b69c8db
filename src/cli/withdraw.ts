import { type Command, Option } from 'commander';
import { chooseTarget } from '../pipelines/choose-target.ts';
import { bucketOwner } from '../pipelines/readers.ts';
import { withdraw } from '../publish/withdraw.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { progress } from './progress.ts';

interface Options extends GlobalOptions {
  readonly to?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly expectedBucketOwner?: string;
  readonly why?: string;
  readonly undo?: true;
}

export function define(command: Command, cli: Cli): void {
  command
    .description('Warn everybody who opens, links to or compares a release; its files stay where they are')
    .argument('<version>', 'Version of the release')
    .option('--why <text>', 'What is wrong with it, and what to do, in one line')
    .addOption(new Option('--undo', 'Take a withdrawal back').conflicts('why'))
    .option('--to <place>', 's3://BUCKET/PREFIX or folder that releases are in (default: of the configuration)')
    .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
    .option('--endpoint-url <url>', "Another S3 than AWS's")
    .option('--expected-bucket-owner <account>', 'Account that must own the bucket')
    .addHelpText(
      'after',
      examples(
        'podlaunch withdraw 1.4.1 --why "It loses queued jobs at an update. Use 1.4.2."',
        'podlaunch withdraw 1.4.1 --undo',
      ),
    )
    .action(async (version: string) => {
      const options = command.optsWithGlobals<Options>();
      const { why, undo } = options;
      if (why === undefined && !undo) command.error('error: say --why, or --undo to take a withdrawal back');
      const config = await configuration(cli, options.config);
      const target = chooseTarget(config, options, cli.io);
      const display = progress(cli.io, 'Changing the list of releases');
      const { release, diagnostics } = await withdraw(version, why, target, bucketOwner(config, options)).finally(
        display.done,
      );
      const { withdrawn } = release;
      await cli.answer({
        json: () => release,
        text: () =>
          withdrawn
            ? `Withdrawn: ${version}, since ${withdrawn.at}: ${withdrawn.why}`
            : `Release ${version} is not withdrawn.`,
        diagnostics,
      });
    });
}
