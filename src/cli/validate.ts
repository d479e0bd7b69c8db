import type { Command } from 'commander';
import { fails } from '../diagnostics/diagnostic.ts';
import { type Checked, type Chosen, checkTemplates, type Reported, reportedBy } from './check-templates.ts';
import type { Cli } from './cli-context.ts';
import { examples } from './examples.ts';
import { selectionFrom } from './report-options.ts';
import { addValidateOptions, contradiction, type ValidateCommandOptions } from './validate-options.ts';

export function define(command: Command, cli: Cli): void {
  command
    .description('Check CloudFormation templates: the named files, or what compile would write')
    .argument('[files...]', 'Templates, YAML or JSON; patterns such as **/*.yaml; - for stdin');
  addValidateOptions(command)
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
      const wrong = contradiction(files, options);
      if (wrong !== undefined) command.error(`error: ${wrong}`);
      const { engine: engines = ['builtin'], config } = options;
      const chosen: Chosen = { files, engines, selection: selectionFrom(options), config };
      const reported = await reportedBy(cli, chosen);
      if (options.listRules) (await import('./print-rules.ts')).printRules(cli, reported.select);
      else if (options.watch) await watch(chosen, reported, options);
      else if (options.baseline === undefined)
        await show(await checkTemplates(cli, chosen, reported, options), options);
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
      const checked = await checkTemplates(cli, chosen, { ...reported, accept: accepts }, options);
      const count = write(file, cwd, chosen.engines);
      cli.note(`${file} accepts ${count} ${count === 1 ? 'finding' : 'findings'} from now on.`);
      if (checked.findings.length > 0) await show(checked, options);
      return;
    }
    const baseline = readBaseline(file, cwd);
    const accepting = { ...reported, accept: baseline.accepts };
    const { documents, findings } = await checkTemplates(cli, chosen, accepting, options);
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
}
