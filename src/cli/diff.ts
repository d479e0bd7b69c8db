import { type Command, Option } from 'commander';
import { type DiffLimit, failsOn } from '../diff/limits.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { hasColours } from './io.ts';
import { progress } from './progress.ts';

interface Options extends GlobalOptions {
  readonly to?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly audience?: string;
  readonly format: 'text' | 'markdown' | 'json';
  readonly failOn?: DiffLimit;
}

export function define(command: Command, cli: Cli): void {
  command
    .description('Say what an update from one release, template or stack to another changes and replaces')
    .argument('<before>', 'Version, channel, folder, template or stack:NAME')
    .argument('[after]', 'The same (default: what publish would make of the configuration now)')
    .option(
      '--to <place>',
      's3://BUCKET/PREFIX or folder that releases are published to (default: of the configuration)',
    )
    .option('--audience <audience>', 'Who reads it: public, org:o-… or accounts:ID,… (default: of the configuration)')
    .option(
      '--region <region>',
      'Region of the bucket, or of a stack (default: of the configuration, AWS_REGION, …, us-west-2)',
    )
    .option('--endpoint-url <url>', "Another endpoint than AWS's")
    .addOption(new Option('--format <format>', 'Form').choices(['text', 'markdown', 'json']).default('text'))
    .addOption(
      new Option(
        '--fail-on <change>',
        'What makes the exit code 1: a resource that is (or may be) replaced or removed, or any difference',
      ).choices(['replace', 'any']),
    )
    .addHelpText(
      'after',
      examples(
        'podlaunch diff latest',
        'podlaunch diff 1.4.0 1.5.0 --format markdown >> CHANGES.md',
        'podlaunch diff stack:hyperpod-cluster latest --fail-on replace',
      ),
    )
    .action(async (before: string, after: string | undefined) => {
      const { config: file, format, failOn, json: _, ...place } = command.optsWithGlobals<Options>();
      const config = await configuration(cli, file);
      const { diff } = await import('../pipelines/diff.ts');
      const display = progress(cli.io, 'Comparing');
      const found = await diff(config, before, after, { ...place, cwd: cli.io.cwd, env: cli.io.env }).finally(
        display.done,
      );
      if (failOn !== undefined && failsOn(found, failOn)) cli.exitCode = 1;
      if (!cli.json && found.diagnostics.length > 0) await cli.report(found.diagnostics);
      if (cli.json || format === 'json') cli.printJson(found);
      else if (format === 'markdown') cli.print((await import('../diff/render-markdown.ts')).diffAsMarkdown(found));
      else {
        const { diffAsText } = await import('../diff/render-text.ts');
        cli.io.stdout.write(diffAsText(found, hasColours(cli.io.stdout, cli.io.env)));
      }
    });
}
