import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Config } from '../config/config.ts';
import { type Diagnostic, fails } from '../diagnostics/diagnostic.ts';
import type { TemplateDocument } from '../document/template-document.ts';
import { type Select, selectBy, selectionOf } from '../pipelines/select-findings.ts';
import { ENGINES, type EngineName, type EngineOptions, runEngines } from '../validate/run-engines.ts';
import type { Selection } from '../validate/selection.ts';
import type { Accept } from '../validate/validate.ts';
import { asker } from './ask.ts';
import type { Cli, GlobalOptions } from './cli-context.ts';
import { configuration, configurationOfChecks } from './configuration.ts';
import { examples } from './examples.ts';
import { loadNamed } from './named-templates.ts';
import { progress } from './progress.ts';
import { OUTPUT_FORMATS, type OutputFormat } from './render-findings.ts';
import { addReportOptions, type ReportOptions, selectionFrom } from './report-options.ts';

interface ValidateCommandOptions
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
    );
  addReportOptions(command)
    .option('--baseline <file>', 'Report only findings that this file does not have')
    .option('--write-baseline', 'Write all findings to the file of --baseline, so that they are accepted from now on')
    .option('--fix', 'Correct what is certain, such as a misspelt name: shows what changes, and asks')
    .option('--yes', 'Do not ask before --fix writes')
    .option('--watch', 'Check the files again whenever they change, until Ctrl-C')
    .option('--list-rules', 'List the rules that are reported, and check nothing')
    .option('--fetch', 'Let an engine that is not installed be fetched and run, by uvx, pipx or npx')
    .option('--cfn-lint-config <file>', "Settings of the engine cfn-lint; the folder's own .cfnlintrc is not read")
    .option('--region <region>', 'Region of the engine aws')
    .option('--endpoint-url <url>', 'Another CloudFormation for the engine aws')
    .addHelpText(
      'after',
      examples(
        'podlaunch validate',
        'podlaunch validate dist/*.yaml --engine builtin --engine cfn-lint',
        'podlaunch validate template.yaml --ignore W,unused-parameter --severity W2001=error',
        'podlaunch validate template.yaml --format sarif > findings.sarif',
        'aws cloudformation get-template --stack-name NAME --query TemplateBody --output text | podlaunch validate -',
      ),
    )
    .action(async (files: readonly string[]) => {
      const options = command.optsWithGlobals<ValidateCommandOptions>();
      if (options.include && !options.ignore) command.error('error: --include is an exception to --ignore: give both');
      if (options.writeBaseline && options.baseline === undefined)
        command.error('error: --write-baseline needs the file: --baseline FILE');
      const { engine: engines = ['builtin'] } = options;
      const chosen: Chosen = { files, engines, selection: selectionFrom(options), config: options.config };
      if (options.watch && !canWatch(chosen, options))
        command.error('error: --watch is for files, the engine builtin, and without --write-baseline');
      if (options.yes && !options.fix) command.error('error: --yes answers --fix: give both');
      if (options.fix && (files.length === 0 || files.includes('-') || options.watch || options.writeBaseline))
        command.error('error: --fix is for files, without --watch and --write-baseline');
      const reported = await reportedBy(chosen);
      if (options.listRules) (await import('./print-rules.ts')).printRules(cli, reported.select);
      else if (options.watch) await watch(chosen, reported, options);
      else if (options.baseline === undefined) await show(await check(chosen, reported, options), options);
      else await compare(options.baseline, chosen, reported, options);
    });

  async function show({ documents, findings }: Checked, { failOn, format }: ValidateCommandOptions): Promise<void> {
    if (fails(findings, failOn)) cli.exitCode = 1;
    if (!cli.json && format === 'pretty' && findings.length === 0)
      cli.print(documents.map(({ file: name }) => `${name}: nothing found`).join('\n'));
    else
      await cli.printFindings({
        diagnostics: findings,
        format: cli.json ? 'json' : format,
        texts: new Map(documents.map(({ file: name, text }) => [name, text])),
      });
  }

  /** Reports what a baseline does not have, or writes it. */
  async function compare(file: string, chosen: Chosen, reported: Reported, options: ValidateCommandOptions) {
    const { newBaseline, readBaseline } = await import('../validate/baseline.ts');
    const { cwd } = cli.io;
    if (options.writeBaseline) {
      const { accepts, write } = newBaseline((finding) => reported.select([finding]).length > 0);
      const { documents, findings } = await check(chosen, { ...reported, accept: accepts }, options);
      const count = write(file, cwd, chosen.engines);
      cli.note(`${file} accepts ${count} ${count === 1 ? 'finding' : 'findings'} from now on.`);
      if (findings.length > 0) await show({ documents, findings }, options);
      return;
    }
    const baseline = readBaseline(file, cwd);
    const { documents, findings } = await check(chosen, { ...reported, accept: baseline.accepts }, options);
    const readable = documents.filter(({ value }) => value !== undefined).map(({ file: name }) => name);
    const stale = reported.select(baseline.stale(readable, chosen.engines));
    await show({ documents, findings: [...findings, ...stale] }, options);
  }

  async function watch({ files }: Chosen, { select }: Reported, options: ValidateCommandOptions): Promise<void> {
    const [{ watchTemplates }, { validateAccepting }, { readBaseline }] = await Promise.all([
      import('./watch.ts'),
      import('../validate/validate.ts'),
      import('../validate/baseline.ts'),
    ]);
    const accept = options.baseline === undefined ? undefined : readBaseline(options.baseline, cli.io.cwd).accepts;
    const { isTTY } = cli.io.stdout;
    await watchTemplates(
      files,
      cli.io,
      (document) => select(validateAccepting(document, accept)),
      async (all) => {
        if (isTTY) cli.io.stdout.write('\x1b[2J\x1b[H');
        cli.exitCode = 0;
        const documents = all.map(({ document }) => document);
        await show({ documents, findings: all.flatMap(({ findings }) => findings) }, options);
        cli.note(`Watching ${all.length === 1 ? 'one template' : `${all.length} templates`}. Ctrl-C ends it.`);
      },
    );
  }

  async function check(chosen: Chosen, reported: Reported, options: ValidateCommandOptions): Promise<Checked> {
    const display = progress(cli.io, 'Checking');
    const ask = asker(cli, display);
    const agree = options.yes ? async () => true : ask;
    const { region, endpointUrl, cfnLintConfig } = options;
    const settings: EngineOptions = {
      ...(region !== undefined && { region }),
      ...(endpointUrl !== undefined && { endpointUrl }),
      ...(cfnLintConfig !== undefined && { cfnLintConfig: resolve(cli.io.cwd, cfnLintConfig) }),
      mayFetch: async (what) => options.fetch === true || (await ask?.(`Fetch ${what} and run it?`)) === true,
      onNote: (text) => cli.note(text),
      env: cli.io.env,
      onProgress: (text) => display.update(text),
    };
    try {
      if (chosen.files.length === 0) return await checkOwn(chosen, reported, settings);
      const documents = await loadNamed(chosen.files, cli.io);
      return await checkFiles(
        options.fix ? await fixed(documents, reported, agree) : documents,
        chosen,
        reported,
        settings,
      );
    } finally {
      display.done();
    }
  }

  async function fixed(
    documents: readonly TemplateDocument[],
    { select, accept }: Reported,
    agree: ((question: string) => Promise<boolean>) | undefined,
  ): Promise<readonly TemplateDocument[]> {
    const [{ fixFiles }, { validateAccepting }] = await Promise.all([
      import('./fix.ts'),
      import('../validate/validate.ts'),
    ]);
    return fixFiles(cli, documents, (document) => select(validateAccepting(document, accept)), agree);
  }

  async function checkFiles(
    documents: readonly TemplateDocument[],
    { engines }: Chosen,
    reported: Reported,
    settings: EngineOptions,
  ): Promise<Checked> {
    const findings = await runEngines(documents, engines, settings, reported.accept);
    return { documents, findings: reported.select(findings) };
  }

  /** What publish would make of the configuration, and everything that it would refuse before it asks anybody. */
  async function checkOwn(
    { engines, selection }: Chosen,
    reported: Reported,
    settings: EngineOptions,
  ): Promise<Checked> {
    const { checkConfig } = await import('../pipelines/check-config.ts');
    const { config, accept } = reported;
    const options = { ...settings, engines, selection, cwd: cli.io.cwd, ...(accept && { accept }) };
    const { templates, diagnostics } = await checkConfig(config!, options);
    return { documents: templates, findings: diagnostics };
  }

  async function reportedBy({ files, engines, selection, config }: Chosen): Promise<Reported> {
    const configured = await (files.length > 0 ? configurationOfChecks : configuration)(cli, config);
    const select = await selectBy([configured && selectionOf(configured), selection], engines.includes('cfn-lint'));
    return { config: configured, select };
  }
}

/** What is to be checked, by what, and what is to be reported. */
interface Chosen {
  readonly files: readonly string[];
  readonly engines: readonly EngineName[];
  readonly selection: Selection;
  readonly config: string | undefined;
}

/** Which findings are reported. */
interface Reported {
  /** The configuration that says it; of files only if it does. */
  readonly config: Config | undefined;
  readonly select: Select;
  readonly accept?: Accept;
}

/** Templates that were checked, and what was found in them and beside them. */
interface Checked {
  readonly documents: readonly TemplateDocument[];
  readonly findings: readonly Diagnostic[];
}

function canWatch({ files, engines }: Chosen, { writeBaseline }: ValidateCommandOptions): boolean {
  return files.length > 0 && !files.includes('-') && engines.every((one) => one === 'builtin') && !writeBaseline;
}

function anotherEngine(name: string, before: readonly EngineName[] = []): readonly EngineName[] {
  const engine = ENGINES.find((one) => one === name);
  if (engine === undefined) throw new InvalidArgumentError(`Allowed choices are ${ENGINES.join(', ')}.`);
  return [...before, engine];
}
