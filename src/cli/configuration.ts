import type { Config } from '../config/config.ts';
import { CONFIG_FILE, findConfig } from '../config/find-config.ts';
import { loadConfig } from '../config/load.ts';
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
