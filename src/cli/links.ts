import { type Command, Option } from 'commander';
import { howToLaunch, linksAsHtml, linksAsMarkdown, linksAsText } from '../launch/render-links.ts';
import { type LinksOptions, links, type PinnedLinks } from '../pipelines/links.ts';
import { STACK_NAMES, type StackName } from '../stacks/stack-name.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { another, keyAndValue } from './option-values.ts';
import { progress } from './progress.ts';

interface Options
  extends GlobalOptions,
    Pick<
      LinksOptions,
      'to' | 'region' | 'endpointUrl' | 'audience' | 'version' | 'channel' | 'offline' | 'stackName' | 'update'
    > {
  readonly launchRegion?: readonly string[];
  readonly param?: Readonly<Record<string, string>>;
  readonly stack?: StackName;
  readonly format: 'text' | 'markdown' | 'html' | 'json';
}

export function define(command: Command, cli: Cli): void {
  command
    .description('Write links that open the CloudFormation console with a form for each stack of a release')
    .option('--to <place>', 's3://BUCKET/PREFIX that releases are published to (default: of the configuration)')
    .option('--region <region>', "The bucket's region (default: of the configuration, AWS_REGION, …, us-west-2)")
    .option('--endpoint-url <url>', "Another S3 than AWS's, to look at the release in")
    .option('--version <version>', 'Release to pin to (default: the one that publish would make now)')
    .addOption(new Option('--channel <name>', 'Pin to the release that the channel points at').conflicts('version'))
    .option('--audience <audience>', 'Who reads it: public, org:o-… or accounts:ID,… (default: of the configuration)')
    .option('--update', 'Links that update stacks that are there')
    .option('--offline', 'Do not look whether the release is there, and what parameters it has')
    .option(
      '--launch-region <region>',
      "Region of the console, may be repeated (default: the bucket's, or all mirrors')",
      another,
    )
    .option('--param <NAME=VALUE>', 'Parameter to fill in, may be repeated', keyAndValue)
    .addOption(new Option('--stack <name>', 'Only this stack (default: all)').choices(STACK_NAMES))
    .option('--stack-name <name>', 'Stacks are called NAME-STACK (default: project.name of the configuration)')
    .addOption(new Option('--format <format>', 'Form').choices(['text', 'markdown', 'html', 'json']).default('text'))
    .addHelpText(
      'after',
      examples(
        'podlaunch links --to s3://my-bucket/podlaunch --region us-west-2',
        'podlaunch links --channel latest --launch-region us-east-1 --launch-region eu-west-1 --format markdown',
        'podlaunch links --stack-name physics --param ClusterName=physics',
        'podlaunch links --update --channel latest --stack launchpad',
      ),
    )
    .action(async () => {
      const { config: file, launchRegion, param, stack, format, ...options } = command.optsWithGlobals<Options>();
      const config = await configuration(cli, file);
      const display = options.offline ? undefined : progress(cli.io, 'Looking at the release');
      const made = await links(config, {
        ...options,
        ...(launchRegion && { launchRegions: launchRegion }),
        ...(param && { parameters: param }),
        ...(stack && { stacks: [stack] }),
        cwd: cli.io.cwd,
        env: cli.io.env,
      }).finally(() => display?.done());
      await cli.answer({
        json: () => made,
        text: () => (format === 'json' ? '' : RENDER[format](made)),
        diagnostics: made.diagnostics,
      });
    });
}

const RENDER: Record<Exclude<Options['format'], 'json'>, (made: PinnedLinks) => string> = {
  text: ({ version, links: made }) => `${`Release ${version}. ${howToLaunch(made)}`.trim()}\n\n${linksAsText(made)}`,
  markdown: ({ links: made }) => linksAsMarkdown(made),
  html: ({ version, links: made }) => linksAsHtml(made, version),
};
