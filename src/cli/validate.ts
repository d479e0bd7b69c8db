import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Diagnostic, fails } from '../diagnostics/diagnostic.ts';
import { loadTemplate } from '../document/read/load-template.ts';
import type { TemplateDocument } from '../document/template-document.ts';
import { expandGlob, isGlob } from '../files/glob.ts';
import type { EngineOptions } from '../validate/engines/engine.ts';
import { ENGINES, type EngineName, runEngines } from '../validate/run-engines.ts';
import { asker } from './ask.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { examples } from './examples.ts';
import { progress } from './progress.ts';
import { FORMATS, type Format } from './render-findings.ts';

interface ValidateCommandOptions
  extends GlobalOptions,
    Pick<EngineOptions, 'region' | 'endpointUrl' | 'cfnLintConfig'> {
  readonly fetch?: true;
  readonly format: Format;
  readonly engine?: readonly EngineName[];
  readonly failOn: 'error' | 'warning';
}

export function define(command: Command, cli: Cli): void {
  command
    .description('Check CloudFormation templates: the named files, or what compile would write')
    .argument('[files...]', 'Templates, YAML or JSON')
    .addOption(new Option('--format <format>', 'How findings are written').choices(FORMATS).default('pretty'))
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
      ),
    )
    .action(async (files: readonly string[]) => {
      const options = command.optsWithGlobals<ValidateCommandOptions>();
      const { documents, diagnostics } = files.length > 0 ? await readFiles(files, cli) : await compiled(options, cli);
      const display = progress(cli.io, 'Checking');
      const ask = asker(cli, display);
      const { region, endpointUrl, cfnLintConfig } = options;
      const found = await runEngines(documents, options.engine ?? ['builtin'], {
        ...(region !== undefined && { region }),
        ...(endpointUrl !== undefined && { endpointUrl }),
        ...(cfnLintConfig !== undefined && { cfnLintConfig: resolve(cli.io.cwd, cfnLintConfig) }),
        mayFetch: async (what) => options.fetch === true || (await ask?.(`Fetch ${what} and run it?`)) === true,
        onNote: (text) => cli.note(text),
        env: cli.io.env,
        onProgress: (text) => display.update(text),
      }).finally(() => display.done());
      const findings = [...diagnostics, ...found];
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
}

function anotherEngine(name: string, before: readonly EngineName[] = []): readonly EngineName[] {
  const engine = ENGINES.find((one) => one === name);
  if (engine === undefined) throw new InvalidArgumentError(`Allowed choices are ${ENGINES.join(', ')}.`);
  return [...before, engine];
}

interface Documents {
  readonly documents: readonly TemplateDocument[];
  /** What was found beside the templates: in the configuration and the scripts. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A file that cannot be read is a document too, with findings: the others are checked all the same. */
async function readFiles(files: readonly string[], { io }: Cli): Promise<Documents> {
  const names = [...new Set(files.flatMap((name) => named(name, io.cwd)))];
  return {
    documents: await Promise.all(names.map((name) => loadTemplate(resolve(io.cwd, name), name))),
    diagnostics: [],
  };
}

/** The files that an argument names; a pattern that names none stays as it is, so that it is said to be no file. */
function named(name: string, cwd: string): readonly string[] {
  const found = isGlob(name) ? expandGlob(name, cwd) : [];
  return found.length > 0 ? found : [name];
}

/** What publish would make of the configuration, and everything that it would refuse before it asks anybody. */
async function compiled({ config: file }: GlobalOptions, cli: Cli): Promise<Documents> {
  const [{ configuration }, { checkPublishing }, { checkScripts }, { configuredAssets }] = await Promise.all([
    import('./configuration.ts'),
    import('../pipelines/check-publishing.ts'),
    import('../pipelines/check-scripts.ts'),
    import('../pipelines/configured-assets.ts'),
  ]);
  const [{ configWarnings }, { compile }] = await Promise.all([
    import('../config/warnings.ts'),
    import('../compile/compile.ts'),
  ]);
  const config = await configuration(cli, file);
  const scripts = configuredAssets(config, cli.io.cwd);
  const documents = compile(config, scripts.assets);
  const diagnostics = [
    ...configWarnings(config),
    ...checkPublishing(config, cli.io),
    ...(await checkScripts(scripts, documents)),
  ];
  return { documents, diagnostics };
}
