import type { Command } from 'commander';
import { refuse } from '../diagnostics/refusal.ts';
import { chooseTarget } from '../pipelines/choose-target.ts';
import { createBucket } from '../publish/create-bucket.ts';
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
  command.description('The bucket that releases are published to');
  command
    .command('create')
    .description('Make a bucket whose policy lets the audience read releases, and lets nobody overwrite or delete one')
    .option('--to <place>', 's3://BUCKET/PREFIX that releases will be published to (default: of the configuration)')
    .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
    .option('--endpoint-url <url>', "Another S3 than AWS's")
    .option('--audience <audience>', 'Who reads releases: public, org:o-… or accounts:ID,… (default: public)')
    .addHelpText(
      'after',
      examples(
        'podlaunch bucket create --to s3://my-bucket/podlaunch --region us-west-2',
        'podlaunch bucket create --to s3://my-bucket/podlaunch --audience org:o-a1b2c3d4e5',
      ),
    )
    .action(async (_, self: Command) => {
      const options = self.optsWithGlobals<Options>();
      const config = await configuration(cli, options.config);
      const target = chooseTarget(config, options, cli.io);
      if (target.kind === 'folder') throw needsPlace();
      const audience = options.audience ?? config.publish.audience;
      const display = progress(cli.io, 'Making the bucket');
      const made = await createBucket(target, audience, config.page.origin).finally(display.done);
      const { bucket, region, created } = made;
      const readers = audience === 'public' ? 'everyone' : audience;
      const next = `podlaunch publish --to ${targetName(target)} --region ${region}`;
      await cli.answer({
        json: () => made,
        text: () =>
          `${created ? 'Made' : 'Completed'} the bucket ${bucket} in ${region}; ${readers} may read its releases.\n` +
          `Next: ${next}${audience === 'public' ? '' : ` --audience ${audience}`}`,
      });
    });
}

function needsPlace(): Error {
  const hint = 'Say which: --to s3://my-bucket/podlaunch, or publish.to in the configuration.';
  return refuse({ code: 'PL4010', message: 'A bucket needs a place in S3, and none is given.', hint });
}
