import type { Command } from 'commander';
import { chooseTarget } from '../pipelines/choose-target.ts';
import { choosePlaces } from '../pipelines/mirrors.ts';
import { bucketOwner, readersOf } from '../pipelines/readers.ts';
import { listKeys, withdrawListedKey } from '../publish/keys.ts';
import { targetName } from '../release/target.ts';
import { atPlaces } from './at-places.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { progress } from './progress.ts';
import { regionsOption } from './publish-options.ts';

interface Options extends GlobalOptions {
  readonly to?: string;
  readonly region?: string;
  readonly regions?: readonly string[];
  readonly endpointUrl?: string;
  readonly audience?: string;
  readonly expectedBucketOwner?: string;
  readonly why: string;
}

export function define(command: Command, cli: Cli): void {
  command.description('The keys that releases are signed with');
  const withPlace = (name: string) =>
    command
      .command(name)
      .option('--to <place>', 's3://BUCKET/PREFIX or folder that releases are in (default: of the configuration)')
      .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
      .option('--endpoint-url <url>', "Another S3 than AWS's");
  withPlace('list')
    .description('List the keys of a place, with the lines for your README')
    .option('--audience <audience>', 'Who reads it: public, org:o-… or accounts:ID,… (default: of the configuration)')
    .addHelpText('after', examples('podlaunch keys list --to s3://my-bucket/podlaunch --region us-west-2'))
    .action(async (_, self: Command) => {
      const options = self.optsWithGlobals<Options>();
      const config = await configuration(cli, options.config);
      const target = chooseTarget(config, options, cli.io);
      const keys = await listKeys(target, readersOf(config, options));
      const text = keys.flatMap(({ keyId, publicKey, addedAt, withdrawn }) => [
        `${keyId}  since ${addedAt.slice(0, 10)}`,
        withdrawn ? `  withdrawn on ${withdrawn.at.slice(0, 10)}: ${withdrawn.why}` : publicKey.trim(),
      ]);
      const none = `${targetName(target)} lists no key: its releases are not signed.`;
      await cli.answer({ json: () => ({ keys }), text: () => text.join('\n') || none });
    });
  withPlace('withdraw')
    .description('Make the signatures of a key count no more, for ever')
    .argument('<key-id>', 'Id of the key, as keys list shows it')
    .requiredOption('--why <text>', 'What happened to it, in one line')
    .addOption(regionsOption('Change the list of a bucket in each'))
    .option('--expected-bucket-owner <account>', 'Account that must own the bucket')
    .addHelpText('after', examples('podlaunch keys withdraw 0123…cdef --why "The laptop with it was lost."'))
    .action(async (keyId: string, _, self: Command) => {
      const options = self.optsWithGlobals<Options>();
      const config = await configuration(cli, options.config);
      const places = choosePlaces(config, options, cli.io);
      const now = new Date();
      await atPlaces(cli, places, {
        did: 'Withdrawn',
        display: progress(cli.io, 'Changing the list of keys'),
        act: (target) =>
          withdrawListedKey(keyId, options.why, target, { ...bucketOwner(config, options), now: () => now }),
        answer: (key) => ({
          json: () => key,
          text: () =>
            `Withdrawn: ${key.keyId}: ${key.withdrawn!.why}\nSign the releases that people use with another key: podlaunch sign VERSION`,
        }),
      });
    });
}
