import type { Command } from 'commander';
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
  command
    .description(
      'Write what changes from one release to another as Markdown, with the order in which stacks are updated',
    )
    .argument('<before>', 'Version, channel, folder, template or stack:NAME')
    .argument('[after]', 'The same (default: what publish would make of the configuration now)')
    .option('--to <place>', 's3://BUCKET/PREFIX or folder that releases are in (default: of the configuration)')
    .option('--audience <audience>', 'Who reads it: public, org:o-… or accounts:ID,… (default: of the configuration)')
    .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
    .option('--endpoint-url <url>', "Another endpoint than AWS's")
    .addHelpText('after', examples('podlaunch changelog 1.4.0 1.5.0 >> CHANGES.md', 'podlaunch changelog latest'))
    .action(async (before: string, after: string | undefined) => {
      const { config: file, json: _, ...place } = command.optsWithGlobals<Options>();
      const config = await configuration(cli, file);
      const { changelog } = await import('../pipelines/changelog.ts');
      const display = progress(cli.io, 'Comparing');
      const { cwd, env } = cli.io;
      const made = await changelog(config, before, after, { ...place, cwd, env }).finally(display.done);
      await cli.answer({
        json: () => ({ text: made.text, updates: made.updates }),
        text: () => made.text,
        diagnostics: made.diagnostics,
      });
    });
}
