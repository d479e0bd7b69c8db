import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Files at which tools stop to look for settings in the folder where they run and in those above it. Nobody else writes
 * into the private folder, but the folder of all temporary files is everybody's.
 */
const EMPTY_SETTINGS: Readonly<Record<string, string>> = {
  'package.json': '{}\n',
  '.npmrc': '',
  'uv.toml': '',
  'no.cfnlintrc': '',
};

/** cfn-lint's settings in the private folder: none. */
export const NO_CFN_LINT_CONFIG = 'no.cfnlintrc';

/**
 * Runs an action in a folder of its own that nobody else can read, and that is gone afterwards. The folder where
 * podlaunch runs may be somebody else's pull request: its `.cfnlintrc` names code that cfn-lint would run, its `.npmrc`
 * where npx would fetch from.
 */
export async function inPrivateFolder<T>(action: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-cfn-lint-'));
  try {
    for (const [name, text] of Object.entries(EMPTY_SETTINGS)) writeFileSync(join(folder, name), text, { mode: 0o600 });
    return await action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The environment without what npm put there from the `.npmrc` of a project: what npm starts, `npx podlaunch` too, gets
 * all settings as `npm_config_…`. Those of the user are read again from their own file.
 */
export function withoutNpmSettings(env: Readonly<Record<string, string | undefined>>): typeof env {
  if (env['npm_execpath'] === undefined) return env;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('npm_config_')));
}
