import { type Diagnostic, info } from '../../diagnostics/diagnostic.ts';
import { refuse } from '../../diagnostics/refusal.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { NPM_PACKAGE, npmCfnLint } from './npm-cfn-lint.ts';
import { inPrivateFolder, withoutNpmSettings } from './private-folder.ts';
import { runPythonCfnLint } from './python-cfn-lint.ts';
import { type ProgramOptions, runProgram } from './run-program.ts';

/** The cfn-lint that uvx and pipx fetch, and the oldest that is run: older ones refuse properties that AWS has. */
const VERSION = '1.58.0';

/** Ways to the maintained cfn-lint, the one in Python, by tools that fetch it. */
const FETCHED: readonly (readonly [string, ...string[]])[] = [
  ['uvx', `cfn-lint@${VERSION}`],
  ['pipx', 'run', '--spec', `cfn-lint==${VERSION}`, 'cfn-lint'],
];

const INSTALL = `pip install --upgrade 'cfn-lint>=${VERSION}'`;

/**
 * Checks templates with cfn-lint: the one in Python where it is installed and new enough; else, where fetching is
 * allowed, the same by uvx or pipx, or the retired one of npm, told of today's resource types (docs/decisions says why).
 * All run in a private folder, without the settings of the folder where podlaunch runs.
 */
export const cfnLint: Engine = async (documents, options) => {
  if (documents.length === 0) return [];
  return inPrivateFolder(async (cwd) => {
    const program: ProgramOptions = { env: withoutNpmSettings(options.env ?? process.env), cwd };
    options.onProgress?.('Looking for cfn-lint');
    const installed = await versionOf(['cfn-lint'], program);
    if (installed !== undefined && isNewEnough(installed)) return run(['cfn-lint'], installed);
    for (const way of FETCHED) {
      if (!(await isThere(way[0], program))) continue;
      if (!(await mayFetch(`cfn-lint ${VERSION} by ${way[0]}`, options))) return [unavailable(installed, way[0])];
      const version = await versionOf(way, program);
      if (version !== undefined) return run(way, version);
    }
    if (installed !== undefined) return [unavailable(installed)];
    if (!(await isThere('npx', program))) return [unavailable(installed)];
    if (!(await mayFetch(`${NPM_PACKAGE} by npx`, options))) return [unavailable(installed, 'npx')];
    options.onNote?.(`Checking with ${NPM_PACKAGE} of npm`);
    const findings = await npmCfnLint(documents, program);
    return findings ? [RETIRED, ...findings] : [unavailable(installed)];

    function run(way: readonly [string, ...string[]], version: string): Promise<readonly Diagnostic[]> {
      options.onNote?.(`Checking with cfn-lint ${version}`);
      options.onProgress?.(`Running cfn-lint ${version}`);
      return runPythonCfnLint(way, documents, program, options.cfnLintConfig);
    }
  });
};

const RETIRED: Diagnostic = info({
  code: 'PL3048',
  message: `These templates were checked by ${NPM_PACKAGE} of npm, a tool of 2019, because the maintained one is not installed.`,
  hint: `The one in Python knows far more: ${INSTALL}`,
});

/** Why no cfn-lint ran. @param fetcher what would fetch one, were it allowed to */
function unavailable(installed: string | undefined, fetcher?: string): Diagnostic {
  const allow = fetcher === undefined ? '' : ` Or let ${fetcher} fetch one: --fetch.`;
  const fault =
    installed === undefined
      ? { code: 'PL3040', message: 'cfn-lint is not installed.', hint: `Install it: ${INSTALL}.${allow}` }
      : {
          code: 'PL3049',
          message: `cfn-lint ${installed} is too old: it finds fault with templates that are right.`,
          hint: `podlaunch needs ${VERSION} or later: ${INSTALL}.${allow}`,
        };
  return refuse(fault).diagnostics[0]!;
}

async function mayFetch(what: string, { mayFetch: ask, onNote }: EngineOptions): Promise<boolean> {
  const allowed = (await ask?.(what)) ?? false;
  if (allowed) onNote?.(`Fetching ${what}`);
  return allowed;
}

/** The version that a way leads to; undefined of none, and of the retired one, which gives a bare number. */
async function versionOf(
  [file, ...args]: readonly [string, ...string[]],
  program: ProgramOptions,
): Promise<string | undefined> {
  const result = await runProgram(file, [...args, '--version'], program);
  return result?.code === 0 ? /^cfn-lint (\d+\.\d+\.\d+)/m.exec(result.stdout)?.[1] : undefined;
}

async function isThere(file: string, program: ProgramOptions): Promise<boolean> {
  return (await runProgram(file, ['--version'], program))?.code === 0;
}

function isNewEnough(version: string): boolean {
  const [have, need] = [version, VERSION].map((one) => one.split('.').map(Number)) as [number[], number[]];
  const at = need.findIndex((part, index) => part !== have[index]);
  return at < 0 || have[at]! > need[at]!;
}
