import { type Command, InvalidArgumentError, Option } from 'commander';
import { ENGINES, type EngineName, type EngineOptions } from '../validate/run-engines.ts';
import type { GlobalOptions } from './cli-context.ts';
import { OUTPUT_FORMATS, type OutputFormat } from './render-findings.ts';
import { addReportOptions, type ReportOptions } from './report-options.ts';

/** Options of `validate`, as commander gives them. */
export interface ValidateCommandOptions
  extends GlobalOptions,
    ReportOptions,
    Pick<EngineOptions, 'region' | 'endpointUrl' | 'cfnLintConfig'> {
  readonly fetch?: true;
  readonly format: OutputFormat;
  readonly engine?: readonly EngineName[];
  readonly failOn: 'error' | 'warning';
  readonly listRules?: true;
  readonly baseline?: string;
  readonly writeBaseline?: true;
  readonly watch?: true;
  readonly fix?: true;
  readonly yes?: true;
}

/** Adds the options of `validate`. */
export function addValidateOptions(command: Command): Command {
  command
    .addOption(new Option('--format <format>', 'How findings are written').choices(OUTPUT_FORMATS).default('pretty'))
    .addOption(
      new Option('--engine <engine>', `What checks them, may be repeated: ${ENGINES.join(', ')}`)
        .argParser(anotherEngine)
        .default(undefined, 'builtin'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'What makes the exit code 1').choices(['error', 'warning']).default('error'),
    );
  return addReportOptions(command)
    .option('--baseline <file>', 'Report only findings that this file does not have')
    .option('--write-baseline', 'Write all findings to the file of --baseline, so that they are accepted from now on')
    .option('--fix', 'Correct what is certain, such as a misspelt name: shows what changes, and asks')
    .option('--yes', 'Do not ask before --fix writes')
    .option('--watch', 'Check the files again whenever they change, until Ctrl-C')
    .option('--list-rules', 'List the rules that are reported, and check nothing')
    .option('--fetch', 'Let an engine that is not installed be fetched and run, by uvx, pipx or npx')
    .option('--cfn-lint-config <file>', "Settings of the engine cfn-lint; the folder's own .cfnlintrc is not read")
    .option('--region <region>', 'Region of the engine aws')
    .option('--endpoint-url <url>', 'Another CloudFormation for the engine aws');
}

/** Why options cannot be given together, or for these files; undefined where they can. */
export function contradiction(files: readonly string[], options: ValidateCommandOptions): string | undefined {
  const { ignore, include, baseline, writeBaseline, watch, fix, yes, engine = [] } = options;
  const areFiles = files.length > 0 && !files.includes('-');
  if (include && !ignore) return '--include is an exception to --ignore: give both';
  if (writeBaseline && baseline === undefined) return '--write-baseline needs the file: --baseline FILE';
  if (watch && !(areFiles && engine.every((one) => one === 'builtin') && !writeBaseline))
    return '--watch is for files, the engine builtin, and without --write-baseline';
  if (yes && !fix) return '--yes answers --fix: give both';
  if (fix && !(areFiles && !watch && !writeBaseline)) return '--fix is for files, without --watch and --write-baseline';
  return undefined;
}

function anotherEngine(name: string, before: readonly EngineName[] = []): readonly EngineName[] {
  const engine = ENGINES.find((one) => one === name);
  if (engine === undefined) throw new InvalidArgumentError(`Allowed choices are ${ENGINES.join(', ')}.`);
  return [...before, engine];
}
