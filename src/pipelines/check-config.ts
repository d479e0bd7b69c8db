import { compile } from '../compile/compile.ts';
import type { CompiledTemplate } from '../compile/compiled-template.ts';
import type { Config } from '../config/config.ts';
import { configWarnings } from '../config/warnings.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type EngineName, type EngineOptions, runEngines } from '../validate/run-engines.ts';
import { checkPublishing } from './check-publishing.ts';
import { checkScripts } from './check-scripts.ts';
import { configuredAssets } from './configured-assets.ts';

/** How a configuration is checked. */
export interface CheckOptions extends EngineOptions {
  /** What checks the templates. Default: `builtin`. */
  readonly engines?: readonly EngineName[];
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
 * @throws Refusal where the scripts cannot be read
 */
export async function checkConfig(config: Config, options: CheckOptions = {}): Promise<CheckedConfig> {
  const { engines = ['builtin'], cwd = process.cwd(), env = process.env } = options;
  const scripts = configuredAssets(config, cwd);
  const templates = compile(config, scripts.assets);
  const diagnostics = [
    ...configWarnings(config),
    ...checkPublishing(config, { env, cwd }),
    ...(await checkScripts(scripts, config)),
    ...(await runEngines(templates, engines, options)),
  ];
  return { templates, diagnostics };
}
