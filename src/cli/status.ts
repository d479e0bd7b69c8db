import type { Command } from 'commander';
import type { StatusOptions } from '../pipelines/status.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { progress } from './progress.ts';

type Options = GlobalOptions & Omit<StatusOptions, 'env' | 'now'>;

export function define(command: Command, cli: Cli): void {
  command
    .description('Say how stacks, cluster, certificate, passwords and domain controllers are. Changes nothing')
    .option(
      '--region <region>',
      'Region of the stacks (default: AWS_REGION, AWS_DEFAULT_REGION, the profile, us-west-2)',
    )
    .option('--stack-name <name>', 'Stacks are called NAME-STACK (default: project.name of the configuration)')
    .option('--drift', 'Have CloudFormation compare each stack with its template, which takes minutes')
    .option('--channel <name>', 'Channel that may name a newer release (default: of the configuration)')
    .option('--audience <audience>', 'Who reads it: public, org:o-… or accounts:ID,… (default: of the configuration)')
    .option('--endpoint-url <url>', "Other endpoints than AWS's")
    .addHelpText('after', examples('podlaunch status', 'podlaunch status --stack-name physics --drift --json'))
    .action(async () => {
      const options = command.optsWithGlobals<Options>();
      const config = await configuration(cli, options.config);
      const { status } = await import('../pipelines/status.ts');
      const { problemsOf } = await import('../status/status.ts');
      const { statusText } = await import('../status/render-status.ts');
      const display = progress(cli.io, 'Asking AWS');
      const found = await status(config, { ...options, env: cli.io.env }).finally(display.done);
      const problems = problemsOf(found);
      if (problems.length > 0) cli.exitCode = 1;
      await cli.answer({ json: () => ({ ...found, problems }), text: () => statusText(found) });
    });
}
