import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { CONFIG_FILE, findConfig } from '../config/find-config.ts';
import { loadConfig } from '../config/load.ts';
import { attempt } from '../diagnostics/findings-of.ts';
import type { Cli } from './cli-context.ts';

/**
 * Loads the configuration of a command, and says on stderr which it is: nobody then publishes one that was not meant
 * without having been told.
 * @param file what `--config` names
 * @throws Refusal as `loadConfig` does
 */
export async function configuration(cli: Cli, file: string | undefined): Promise<Config> {
  const found = file ?? findConfig(cli.io.cwd);
  cli.note(
    found === undefined ? `Configuration: the defaults (there is no ${CONFIG_FILE})` : `Configuration: ${found}`,
  );
  return loadConfig(found, cli.io.cwd);
}

/**
 * The configuration of a command that needs only what it says under `validate`: undefined where it says nothing, which
 * is seen without reading YAML.
 * @throws Refusal as `loadConfig` does
 */
export async function configurationOfChecks(cli: Cli, file: string | undefined): Promise<Config | undefined> {
  const { cwd } = cli.io;
  if (file !== undefined) return configuration(cli, file);
  const found = attempt(() => findConfig(cwd)).value;
  if (found === undefined) return undefined;
  const { value: text = '' } = attempt(() => readFileSync(resolve(cwd, found), 'utf8'));
  return /\bvalidate\b/.test(text.replace(/^\s*#.*$/gm, '')) ? configuration(cli, found) : undefined;
}
