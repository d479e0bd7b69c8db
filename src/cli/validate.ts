import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Config } from '../config/config.ts';
import { type Diagnostic, fails } from '../diagnostics/diagnostic.ts';
import type { TemplateDocument } from '../document/template-document.ts';
import { ENGINES, type EngineName, type EngineOptions, runEngines } from '../validate/run-engines.ts';
import { asker } from './ask.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { examples } from './examples.ts';
import { loadNamed } from './named-templates.ts';
import { progress } from './progress.ts';
import { OUTPUT_FORMATS, type OutputFormat } from './render-findings.ts';

interface ValidateCommandOptions
  extends GlobalOptions,
    Pick<EngineOptions, 'region' | 'endpointUrl' | 'cfnLintConfig'> {
  readonly fetch?: true;
  readonly format: OutputFormat;
  readonly engine?: readonly EngineName[];
  readonly failOn: 'error' | 'warning';
}

export function define(command: Command, cli: Cli): void {
  command
    .description('Check CloudFormation templates: the named files, or what compile would write')
    .argument('[files...]', 'Templates, YAML or JSON; patterns such as **/*.yaml; - for stdin')
    .addOption(new Option('--format <format>', 'How findings are written').choices(OUTPUT_FORMATS).default('pretty'))
    .addOption(
      new Option('--engine <engine>', `What checks them, may be repeated: ${ENGINES.join(', ')}`)
        .argParser(anotherEngine)
        .default(undefined, 'builtin'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'What makes the exit code 1').choices(['error', 'warning']).default('error'),
    )
    .option('--fetch', 'Let an engine that is not installed be fetched and run, by uvx, pipx or npx')
    .option('--cfn-lint-config <file>', "Settings of the engine cfn-lint; the folder's own .cfnlintrc is not read")
    .option('--region <region>', 'Region of the engine aws')
    .option('--endpoint-url <url>', 'Another CloudFormation for the engine aws')
    .addHelpText(
      'after',
      examples(
        'podlaunch validate',
        'podlaunch validate dist/*.yaml --engine builtin --engine cfn-lint',
        'podlaunch validate template.yaml --format sarif > findings.sarif',
        'aws cloudformation get-template --stack-name NAME --query TemplateBody --output text | podlaunch validate -',
      ),
    )
    .action(async (files: readonly string[]) => {
      const options = command.optsWithGlobals<ValidateCommandOptions>();
      const config =
        files.length > 0 ? undefined : await (await import('./configuration.ts')).configuration(cli, options.config);
      const display = progress(cli.io, 'Checking');
      const ask = asker(cli, display);
      const { region, endpointUrl, cfnLintConfig, engine: engines = ['builtin'] } = options;
      const settings: EngineOptions = {
        ...(region !== undefined && { region }),
        ...(endpointUrl !== undefined && { endpointUrl }),
        ...(cfnLintConfig !== undefined && { cfnLintConfig: resolve(cli.io.cwd, cfnLintConfig) }),
        mayFetch: async (what) => options.fetch === true || (await ask?.(`Fetch ${what} and run it?`)) === true,
        onNote: (text) => cli.note(text),
        env: cli.io.env,
        onProgress: (text) => display.update(text),
      };
      const checked = config ? checkOwn(config, engines, settings) : checkFiles(files, engines, settings);
      const { documents, findings } = await checked.finally(() => display.done());
      if (fails(findings, options.failOn)) cli.exitCode = 1;
      const format = cli.json ? 'json' : options.format;
      if (format === 'pretty' && findings.length === 0)
        cli.print(documents.map(({ file: name }) => `${name}: nothing found`).join('\n'));
      else
        await cli.printFindings({
          diagnostics: findings,
          format,
          texts: new Map(documents.map(({ file: name, text }) => [name, text])),
        });
    });

  async function checkFiles(
    files: readonly string[],
    engines: readonly EngineName[],
    settings: EngineOptions,
  ): Promise<Checked> {
    const documents = await loadNamed(files, cli.io);
    return { documents, findings: await runEngines(documents, engines, settings) };
  }

  /** What publish would make of the configuration, and everything that it would refuse before it asks anybody. */
  async function checkOwn(config: Config, engines: readonly EngineName[], settings: EngineOptions): Promise<Checked> {
    const { checkConfig } = await import('../pipelines/check-config.ts');
    const { templates, diagnostics } = await checkConfig(config, { ...settings, engines, cwd: cli.io.cwd });
    return { documents: templates, findings: diagnostics };
  }
}

/** Templates that were checked, and what was found in them and beside them. */
interface Checked {
  readonly documents: readonly TemplateDocument[];
  readonly findings: readonly Diagnostic[];
}

function anotherEngine(name: string, before: readonly EngineName[] = []): readonly EngineName[] {
  const engine = ENGINES.find((one) => one === name);
  if (engine === undefined) throw new InvalidArgumentError(`Allowed choices are ${ENGINES.join(', ')}.`);
  return [...before, engine];
}
