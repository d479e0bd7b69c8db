import { resolve } from 'node:path';
import type { Command } from 'commander';
import { writeFiles } from '../files/write-files.ts';
import { makeStackSet, type StackSetOptions } from '../pipelines/stack-set.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { another, keyAndValue } from './option-values.ts';
import { progress } from './progress.ts';

type Taken = 'to' | 'region' | 'endpointUrl' | 'audience' | 'version' | 'channel';

interface Options extends GlobalOptions, Pick<StackSetOptions, Taken> {
  readonly out: string;
  readonly unit?: readonly string[];
  readonly account?: readonly string[];
  readonly launchRegion?: readonly string[];
  readonly param?: Readonly<Record<string, string>>;
}

export function define(command: Command, cli: Cli): void {
  command
    .description('Write a CloudFormation template that makes the prerequisites in many accounts (a stack set)')
    .option('-o, --out <file>', 'File to write to', 'stack-set.yaml')
    .option('--unit <id>', 'Unit of AWS Organizations (ou-…, or r-… for all of it), may be repeated', another)
    .option('--account <id>', 'Account, in the place of units, may be repeated', another)
    .option('--launch-region <region>', "Region of the stacks, may be repeated (default: the bucket's)", another)
    .option('--param <NAME=VALUE>', 'Parameter of the stacks, may be repeated', keyAndValue)
    .option('--to <place>', 's3://BUCKET/PREFIX that releases are published to (default: of the configuration)')
    .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
    .option('--endpoint-url <url>', "Another S3 than AWS's, to look at the release in")
    .option('--audience <audience>', 'Who reads it: public, org:o-… or accounts:ID,… (default: of the configuration)')
    .option('--version <version>', 'Release of the stacks (default: the one that the channel points at)')
    .option('--channel <name>', 'Channel of the release (default: of the configuration)')
    .addHelpText(
      'after',
      examples(
        'podlaunch stack-set --unit ou-ab12-11111111 --launch-region us-west-2 --launch-region eu-west-1',
        'podlaunch stack-set --account 111122223333 --account 444455556666 --param VpcCidr=10.8.0.0/16',
      ),
    )
    .action(async () => {
      const { config: file, out, unit, account, launchRegion, param, ...options } = command.optsWithGlobals<Options>();
      const config = await configuration(cli, file);
      const { cwd, env } = cli.io;
      const display = progress(cli.io, 'Looking at the release');
      const { version, template, diagnostics } = await makeStackSet(config, {
        ...options,
        ...(unit && { units: unit }),
        ...(account && { accounts: account }),
        ...(launchRegion && { launchRegions: launchRegion }),
        ...(param && { parameters: param }),
        cwd,
        env,
      }).finally(display.done);
      writeFiles([{ path: resolve(cwd, out), content: template.text }]);
      const stack = `${config.project.name}-stack-set`;
      await cli.answer({
        json: () => ({ file: out, bytes: Buffer.byteLength(template.text), version }),
        text: () =>
          `Wrote ${out}: release ${version}. Next: aws cloudformation deploy --stack-name ${stack} --template-file ${out}`,
        diagnostics,
      });
    });
}
