import { type Command, Option } from 'commander';
import { chooseRegion } from '../cloud/region.ts';
import { fails } from '../diagnostics/diagnostic.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { another } from './option-values.ts';
import { progress } from './progress.ts';

interface Options extends GlobalOptions {
  readonly region?: string;
  readonly zone?: readonly string[];
  readonly vpc?: string;
  readonly subnet?: readonly string[];
  readonly certificate?: string;
  readonly existingDirectory?: true;
  readonly update?: true;
}

export function define(command: Command, cli: Cli): void {
  command
    .description(
      'Look in your account what would have the launch of podlaunch.yaml refused: quotas, names, network, certificate',
    )
    .option('--region <region>', 'Region of the launch (default: AWS_REGION, …, us-west-2)')
    .option('--zone <id>', 'Zone, twice: of the cluster, and a second one', another)
    .option('--vpc <id>', 'A VPC that exists (default: one is made)')
    .option('--subnet <id>', 'Subnet of this VPC, twice: of the cluster, and in a second zone', another)
    .option('--certificate <arn>', 'Certificate in ACM that the load balancer will have')
    .option('--existing-directory', 'The directory exists')
    .addOption(new Option('--update', 'The cluster exists: ask only for what it does not have yet'))
    .addHelpText(
      'after',
      examples(
        'podlaunch preflight --region us-west-2',
        'podlaunch preflight --zone usw2-az1 --zone usw2-az2',
        'podlaunch preflight --vpc vpc-0123456789abcdef0 --subnet subnet-0123456789abcdef0 --subnet subnet-0fedcba9876543210',
      ),
    )
    .action(async () => {
      const options = command.optsWithGlobals<Options>();
      const { zone, vpc, subnet, certificate, existingDirectory = false, update = false } = options;
      if (zone !== undefined && zone.length !== 2) command.error('error: give --zone twice, or not at all');
      if ((vpc === undefined ? 0 : 2) !== (subnet?.length ?? 0)) command.error('error: --vpc needs --subnet twice');
      const config = await configuration(cli, options.config);
      const { preflightAccount } = await import('../preflight/preflight-account.ts');
      const { wantedOfConfig } = await import('../preflight/wanted-of-config.ts');
      const region = chooseRegion(options.region, cli.io.env);
      const wanted = wantedOfConfig(config, {
        ...{ region, existingDirectory },
        ...(zone && { zones: zone }),
        ...(vpc !== undefined && subnet && { vpcId: vpc, subnets: subnet }),
        ...(certificate !== undefined && { certificateArn: certificate }),
      });
      const display = progress(cli.io, `Asking AWS in ${region}`);
      const diagnostics = await preflightAccount(wanted, update).finally(display.done);
      if (fails(diagnostics)) cli.exitCode = 1;
      await cli.answer({
        json: () => ({ region, diagnostics }),
        text: () => (cli.exitCode === 1 ? '' : `Nothing in ${region} would have the launch refused.`),
        diagnostics,
      });
    });
}
