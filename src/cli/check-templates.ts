import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TemplateDocument } from '../document/template-document.ts';
import { type Select, selectBy, selectionOf } from '../pipelines/select-findings.ts';
import { type EngineName, type EngineOptions, runEngines } from '../validate/run-engines.ts';
import type { Selection } from '../validate/selection.ts';
import type { Accept } from '../validate/validate.ts';
import { asker } from './ask.ts';
import type { Cli } from './cli-context.ts';
import { configuration, configurationOfChecks } from './configuration.ts';
import { loadNamed } from './named-templates.ts';
import { progress } from './progress.ts';
import type { ValidateCommandOptions } from './validate-options.ts';

/** What is to be checked, by what, and what is to be reported. */
export interface Chosen {
  readonly files: readonly string[];
  readonly engines: readonly EngineName[];
  readonly selection: Selection;
  readonly config: string | undefined;
}

/** Which findings are reported. */
export interface Reported {
  /** The configuration that says it; of files only if it does. */
  readonly config: Config | undefined;
  readonly select: Select;
  readonly accept?: Accept;
}

/** Templates that were checked, and what was found in them and beside them. */
export interface Checked {
  readonly documents: readonly TemplateDocument[];
  readonly findings: readonly Diagnostic[];
}

/**
 * Which findings are reported by the configuration and the command line.
 * @throws Refusal as `configuration` and `selectBy` do
 */
export async function reportedBy(cli: Cli, { files, engines, selection, config }: Chosen): Promise<Reported> {
  const configured = await (files.length > 0 ? configurationOfChecks : configuration)(cli, config);
  const select = await selectBy([configured && selectionOf(configured), selection], engines.includes('cfn-lint'));
  return { config: configured, select };
}

/** Checks files, corrected first if that is wanted; without files, what the configuration gives. */
export async function checkTemplates(
  cli: Cli,
  chosen: Chosen,
  reported: Reported,
  options: ValidateCommandOptions,
): Promise<Checked> {
  const display = progress(cli.io, 'Checking');
  const ask = asker(cli, display);
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
    if (chosen.files.length === 0) return await checkOwn(cli, chosen, reported, settings);
    const read = await loadNamed(chosen.files, cli.io);
    const documents = options.fix ? await fixed(cli, read, reported, options.yes ? async () => true : ask) : read;
    const findings = await runEngines(documents, chosen.engines, settings, reported.accept);
    return { documents, findings: reported.select(findings) };
  } finally {
    display.done();
  }
}

async function fixed(
  cli: Cli,
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

/** What publish would make of the configuration, and everything that it would refuse before it asks anybody. */
async function checkOwn(
  cli: Cli,
  { engines, selection }: Chosen,
  { config, accept }: Reported,
  settings: EngineOptions,
): Promise<Checked> {
  const { checkConfig } = await import('../pipelines/check-config.ts');
  const options = { ...settings, engines, selection, cwd: cli.io.cwd, ...(accept && { accept }) };
  const { templates, diagnostics } = await checkConfig(config!, options);
  return { documents: templates, findings: diagnostics };
}
