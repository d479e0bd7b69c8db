import { type Command, InvalidArgumentError } from 'commander';
import type { LogGroup } from '../logs/read-logs.ts';
import type { LogsOptions } from '../pipelines/logs.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration } from './configuration.ts';
import { examples } from './examples.ts';
import { wholeNumber } from './option-values.ts';
import { progress } from './progress.ts';

type Options = GlobalOptions &
  Pick<LogsOptions, 'region' | 'stackName' | 'endpointUrl' | 'group'> & {
    readonly since: number;
    readonly lines: number;
  };

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The milliseconds of `30m`, `2h`, `7d`; a usage error for anything else. */
function duration(text: string): number {
  const [, number, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError('It must be like 30m, 2h or 7d.');
  return Number(number) * UNITS[unit!]!;
}

export function define(command: Command, cli: Cli): void {
  command
    .description("Logs of the nodes' lifecycle scripts and of the stacks' functions, the latest first cause on top")
    .option('--since <time>', 'How far back: 30m, 2h, 7d', duration, UNITS['d']!)
    .option('--group <text>', 'Only log groups that have this in their name')
    .option('--lines <number>', 'How many of the last lines of a group are shown', wholeNumber, 20)
    .option(
      '--region <region>',
      'Region of the stacks (default: AWS_REGION, AWS_DEFAULT_REGION, the profile, us-west-2)',
    )
    .option('--stack-name <name>', 'Stacks are called NAME-STACK (default: project.name of the configuration)')
    .option('--endpoint-url <url>', "Other endpoints than AWS's")
    .addHelpText('after', examples('podlaunch logs', 'podlaunch logs --since 2h --group sagemaker --lines 100'))
    .action(async () => {
      const { since, lines, config: file, ...options } = command.optsWithGlobals<Options>();
      const config = await configuration(cli, file);
      const { logs } = await import('../pipelines/logs.ts');
      const display = progress(cli.io, 'Reading the logs');
      const wanted = { ...options, since: Date.now() - since, env: cli.io.env };
      const groups = await logs(config, wanted).finally(display.done);
      const shown = groups.map((group) => ({ ...group, lines: lines === 0 ? [] : group.lines.slice(-lines) }));
      await cli.answer({ json: () => ({ groups: shown }), text: () => logsText(shown) });
    });
}

function logsText(groups: readonly LogGroup[]): string {
  const said = groups.filter(({ lines, cause }) => lines.length > 0 || cause);
  if (said.length === 0) return 'Nothing was logged in this time.';
  const causes = said
    .flatMap(({ name, cause }) => (cause ? [{ name, ...cause }] : []))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  const [latest] = causes;
  const top =
    latest === undefined
      ? 'Nothing failed in this time.'
      : `First cause of the latest failure:\n  ${latest.at}  ${latest.name}  ${latest.stream}\n  ${latest.text}`;
  const blocks = said.map(({ name, lines }) =>
    [name, ...lines.map(({ at, stream, text }) => `  ${at.slice(0, 19)}  ${stream}  ${text}`)].join('\n'),
  );
  return [top, ...blocks].join('\n\n');
}
