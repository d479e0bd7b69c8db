import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Deployed, DeployOptions } from '../pipelines/deploy.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { keyAndValue } from './option-values.ts';
import { readFileOrStdin } from './read-file-or-stdin.ts';

interface Options
  extends GlobalOptions,
    Pick<
      DeployOptions,
      | 'from'
      | 'smallStacks'
      | 'version'
      | 'channel'
      | 'to'
      | 'bucketRegion'
      | 'audience'
      | 'stackName'
      | 'region'
      | 'endpointUrl'
      | 'allowWithdrawn'
    > {
  readonly param?: Readonly<Record<string, string>>;
  readonly paramFile?: Readonly<Record<string, string>>;
  readonly answers?: string;
  readonly preflight: boolean;
  readonly yes?: true;
}

export function define(command: Command, cli: Cli): void {
  command
    .description('Make the stacks of a release or of podlaunch.yaml, or update them, and watch them to the end')
    .argument('[stack]', 'Only this stack (default: launchpad where there is one, else the small ones in order)')
    .option('--small-stacks', 'The small stacks in order, and not the launchpad')
    .option('--from <url>', 'URL of a release or a channel in S3, or a launch link')
    .addOption(
      new Option('--version <version>', 'Release to deploy (default: podlaunch.yaml is compiled)').conflicts('from'),
    )
    .addOption(new Option('--channel <name>', 'Deploy what the channel points at').conflicts(['version', 'from']))
    .option('--to <place>', 's3://BUCKET/PREFIX in which releases are (default: of the configuration)')
    .option('--bucket-region <region>', 'Region of this bucket (default: of the configuration)')
    .option('--audience <audience>', 'Who reads it: public, org:o-… or accounts:ID,… (default: of the configuration)')
    .option(
      '--region <region>',
      'Region of the stacks (default: AWS_REGION, AWS_DEFAULT_REGION, the profile, us-west-2)',
    )
    .option('--stack-name <name>', 'Stacks are called NAME-STACK (default: project.name of the configuration)')
    .option('--param <NAME=VALUE>', 'Value of a parameter, may be repeated', keyAndValue)
    .option('--param-file <NAME=FILE>', 'File with the value of a parameter, - for stdin, may be repeated', keyAndValue)
    .option('--answers <file>', 'File that remembers values, secrets never (default: .podlaunch-deploy.json)')
    .option('--allow-withdrawn', 'Deploy a release that its publisher has withdrawn, too')
    .option('--no-preflight', 'Do not look first what would have the launch refused')
    .option('-y, --yes', 'Make the changes without asking')
    .option('--endpoint-url <url>', "Other endpoints than AWS's")
    .addHelpText(
      'after',
      examples(
        'podlaunch deploy --channel latest --to s3://my-bucket/podlaunch --region us-west-2',
        'podlaunch deploy --from https://my-bucket.s3.us-west-2.amazonaws.com/podlaunch/releases/1.4.0/',
        'podlaunch deploy cluster --stack-name physics --param Worker1InstanceCount=4 --yes --json',
      ),
    )
    .action(async (stack: string | undefined) => {
      const { param = {}, paramFile = {}, answers, yes, config: file, ...options } = command.optsWithGlobals<Options>();
      const { deployDisplay } = await import('./deploy-display.ts');
      const { questions } = await import('./ask-values.ts');
      const { readRemembered, REMEMBERED } = await import('../deploy/remembered.ts');
      const { deploy } = await import('../pipelines/deploy.ts');
      const { cwd, env } = cli.io;
      if (cli.json) cli.printEvent({ event: 'begun', command: 'deploy' });
      const display = deployDisplay(cli);
      const config = await configuration(cli, file);
      const place = resolve(cwd, answers ?? REMEMBERED);
      const asked = questions(cli, display.pause);
      const made = await deploy(config, {
        ...{ ...options, cwd, env, given: param, secrets: await valuesIn(paramFile) },
        ...(stack !== undefined && { stack }),
        ...{ answers: place, remembered: readRemembered(place) },
        talk: {
          onEvent: display.onEvent,
          ask: asked?.ask,
          confirm: yes ? () => Promise.resolve(true) : asked?.confirm,
        },
        async onFindings(findings) {
          display.pause();
          if (!cli.json) await cli.report(findings);
        },
      }).finally(display.done);
      if (!cli.json) cli.print(outputsText(made));
    });

  async function valuesIn(files: Readonly<Record<string, string>>): Promise<Record<string, string>> {
    const entries = Object.entries(files).map(
      async ([name, file]) => [name, (await readFileOrStdin(file, cli.io)).replace(/\r?\n$/, '')] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }
}

function outputsText({ stacks }: Deployed): string {
  return stacks
    .map(({ name, result, shown }) => {
      const lines = Object.entries(shown).map(
        ([key, value]) => `  ${key}: ${value.trimEnd().replaceAll('\n', '\n    ')}`,
      );
      return [`${name}: ${result}`, ...(result === 'declined' ? [] : lines)].join('\n');
    })
    .join('\n\n');
}
