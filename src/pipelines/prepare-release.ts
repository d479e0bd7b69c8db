import type { Config } from '../config/config.ts';
import { configWarnings } from '../config/warnings.ts';
import { type Diagnostic, fails } from '../diagnostics/diagnostic.ts';
import { Refusal } from '../diagnostics/refusal.ts';
import { needsBucket } from '../stacks/stack-name.ts';
import { validate } from '../validate/validate.ts';
import { type BuiltRelease, buildRelease, type ReleaseHome } from './build-release.ts';
import { checkScripts } from './check-scripts.ts';
import { configuredAssets } from './configured-assets.ts';
import { filesBeside } from './files-beside.ts';
import { selectBy, selectionOf } from './select-findings.ts';

/** What a release is prepared with beside the configuration. */
export interface PrepareOptions {
  /** The bucket that it will be in; left out for a folder. */
  readonly home?: ReleaseHome;
  /** Overrides release.version of the configuration. */
  readonly version?: string;
  /** What stops the command. Default: `error`. */
  readonly failOn?: 'error' | 'warning';
  /** Folder that lifecycleScripts of the configuration is relative to. Default: the process's own. */
  readonly cwd?: string;
}

/** A release that has been checked. */
export interface PreparedRelease extends BuiltRelease {
  /** What the checks found that does not stop it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** That CloudFormation takes a template from S3 only: where a bucket has it, or there is no other way for this stack. */
const TOO_LARGE_TO_SEND = 'PL3020';

/**
 * Reads what travels with the templates, compiles them, and checks both and that they go together, all in memory.
 * @throws Refusal with everything that was found, when any of it stops the command
 */
export async function prepareRelease(config: Config, options: PrepareOptions = {}): Promise<PreparedRelease> {
  const { home, version, failOn = 'error', cwd = '.' } = options;
  const scripts = configuredAssets(config, cwd);
  const versioned = version === undefined ? config : { ...config, release: { version } };
  const select = await selectBy([selectionOf(config)]);
  const built = await buildRelease(versioned, scripts.assets, home, filesBeside(config, cwd));
  const diagnostics = [
    ...configWarnings(config),
    ...(await checkScripts(scripts, config)),
    ...select(
      built.templates.flatMap((template) => {
        const isSent = home === undefined && !needsBucket(template.stack);
        return validate(template).filter(({ code }) => isSent || code !== TOO_LARGE_TO_SEND);
      }),
    ),
  ];
  if (fails(diagnostics, failOn)) throw new Refusal(diagnostics);
  return { ...built, diagnostics };
}
