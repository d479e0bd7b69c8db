import { type Command, Option } from 'commander';
import { chooseRegion } from '../cloud/region.ts';
import type { Way } from '../ssh/entries.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { examples } from './examples.ts';
import { progress } from './progress.ts';

interface Options extends GlobalOptions {
  readonly stack: string;
  readonly user?: string;
  readonly through: Way;
  readonly region?: string;
  readonly endpointUrl?: string;
}

export function define(command: Command, cli: Cli): void {
  command
    .description('Print entries for ~/.ssh/config, one for each node that people log in on. Changes no file')
    .requiredOption('--stack <name>', 'Stack cluster, access or launchpad')
    .option('--user <name>', 'Your name in the directory')
    .addOption(
      new Option('--through <way>', 'Systems Manager, or a bastion of the stack access')
        .choices(['ssm', 'bastion', 'endpoint'])
        .default('ssm'),
    )
    .option(
      '--region <region>',
      'Region of the stack (default: AWS_REGION, AWS_DEFAULT_REGION, the profile, us-west-2)',
    )
    .option('--endpoint-url <url>', "Other endpoints than AWS's")
    .addHelpText(
      'after',
      examples(
        'podlaunch ssh-config --stack podlaunch-access --user ada --region us-west-2',
        'podlaunch ssh-config --stack podlaunch-access --through bastion >> ~/.ssh/config',
      ),
    )
    .action(async () => {
      const { stack, user, through, endpointUrl, ...options } = command.optsWithGlobals<Options>();
      const region = chooseRegion(options.region, cli.io.env);
      const { sshConfig } = await import('../ssh/ssh-config.ts');
      const display = progress(cli.io, 'Listing the nodes');
      const place = { region, endpointUrl, ...(user !== undefined && { user }) };
      const made = await sshConfig({ stack, through, ...place }).finally(display.done);
      await cli.answer({ json: () => made, text: () => made.text });
    });
}
