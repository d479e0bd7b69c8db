import { compile } from '../compile/compile.ts';
import type { CompiledTemplate } from '../compile/compiled-template.ts';
import type { Config } from '../config/config.ts';
import { configWarnings } from '../config/warnings.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type EngineName, type EngineOptions, runEngines } from '../validate/run-engines.ts';
import type { Selection } from '../validate/selection.ts';
import type { Accept } from '../validate/validate.ts';
import { checkPublishing } from './check-publishing.ts';
import { checkScripts } from './check-scripts.ts';
import { configuredAssets } from './configured-assets.ts';
import { filesBeside } from './files-beside.ts';
import { selectBy, selectionOf } from './select-findings.ts';

/** How a configuration is checked. */
export interface CheckOptions extends EngineOptions {
  /** What checks the templates. Default: `builtin`. */
  readonly engines?: readonly EngineName[];
  /** Which findings in the templates are reported; it counts more than what the configuration says. */
  readonly selection?: Selection;
  /** Whether a finding in the templates is accepted. Default: none is. */
  readonly accept?: Accept;
  /** Folder that paths are relative to. Default: the process's own. */
  readonly cwd?: string;
}

/** The templates of a configuration, and everything that was found. */
export interface CheckedConfig {
  readonly templates: readonly CompiledTemplate[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds everything in a configuration that publishing it would refuse before it asks anybody: in the templates, the
 * node scripts and their settings, and the place to publish to.
 * @throws Refusal where the scripts cannot be read, PL3101 where a rule is named that does not exist
 */
export async function checkConfig(config: Config, options: CheckOptions = {}): Promise<CheckedConfig> {
  const { engines = ['builtin'], cwd = process.cwd(), env = process.env, selection } = options;
  const select = await selectBy([selectionOf(config), selection], engines.includes('cfn-lint'));
  const scripts = configuredAssets(config, cwd);
  // Refused here as it would be by publish.
  filesBeside(config, cwd);
  const templates = compile(config, scripts.assets);
  const diagnostics = [
    ...configWarnings(config),
    ...checkPublishing(config, { env, cwd }),
    ...(await checkScripts(scripts, config)),
    ...select(await runEngines(templates, engines, options, options.accept)),
  ];
  return { templates, diagnostics };
}
