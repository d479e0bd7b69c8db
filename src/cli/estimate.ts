import { resolve } from 'node:path';
import type { Command } from 'commander';
import { estimateAsText } from '../launch/prices/estimate-as-text.ts';
import { parsePriceFile } from '../launch/prices/price-file.ts';
import { type EstimateOptions, estimate } from '../pipelines/estimate.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { keyAndValue } from './option-values.ts';
import { readBytes } from './read-file-or-stdin.ts';

interface Options extends GlobalOptions, Pick<EstimateOptions, 'region'> {
  readonly prices?: string;
  readonly param?: Readonly<Record<string, string>>;
}

export function define(command: Command, cli: Cli): void {
  command
    .description('Say what nodes and file system of the configuration cost in an hour and a month')
    .option(
      '--prices <file>',
      'Price file that podlaunch prices has made (default: release.prices of the configuration; without one: unknown)',
    )
    .option('--region <region>', 'Region of the launch (default: of the configuration, AWS_REGION, …, us-west-2)')
    .option('--param <NAME=VALUE>', 'Parameter that a launcher fills in, may be repeated', keyAndValue)
    .addHelpText(
      'after',
      examples(
        'podlaunch estimate --prices prices.json --region us-west-2',
        'podlaunch estimate --prices prices.json --param Worker1InstanceType=ml.p5.48xlarge --param Worker1InstanceCount=4',
      ),
    )
    .action(async () => {
      const { config: file, param, prices, region } = command.optsWithGlobals<Options>();
      const config = await configuration(cli, file);
      const { cwd, env } = cli.io;
      const named = prices ?? config.release.prices;
      const made = estimate(config, {
        ...(named !== undefined && { prices: parsePriceFile(readBytes(resolve(cwd, named), named), named) }),
        ...(region !== undefined && { region }),
        ...(param && { parameters: param }),
        env,
      });
      await cli.answer({ json: () => made, text: () => estimateAsText(made) });
    });
}
