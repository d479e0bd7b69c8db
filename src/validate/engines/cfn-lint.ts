import { type Diagnostic, info } from '../../diagnostics/diagnostic.ts';
import { refuse } from '../../diagnostics/refusal.ts';
import type { Engine } from './engine.ts';
import { npmCfnLint } from './npm-cfn-lint.ts';
import { runPythonCfnLint } from './python-cfn-lint.ts';
import { type ProgramOptions, runProgram } from './run-program.ts';

/** The cfn-lint that uvx and pipx fetch where none is installed. */
const VERSION = '1.58.0';

/** Ways to the living cfn-lint, the one in Python: installed, or fetched by a tool that is. */
const WAYS: readonly (readonly [string, ...string[]])[] = [
  ['cfn-lint'],
  ['uvx', `cfn-lint@${VERSION}`],
  ['pipx', 'run', '--spec', `cfn-lint==${VERSION}`, 'cfn-lint'],
];

/**
 * Checks templates with cfn-lint: the living one in Python where it is to be had, else the retired one of npm, told of
 * today's resource types (docs/decisions says why).
 */
export const cfnLint: Engine = async (documents, options) => {
  if (documents.length === 0) return [];
  const program = { env: options.env ?? process.env };
  options.onProgress?.('Looking for cfn-lint');
  for (const way of WAYS) {
    if (!(await isLiving(way, program))) continue;
    options.onProgress?.('Running cfn-lint');
    return runPythonCfnLint(way, documents, program);
  }
  options.onProgress?.('Running the cfn-lint of npm');
  const findings = await npmCfnLint(documents, program);
  if (findings) return [RETIRED, ...findings];
  return refuse({
    code: 'PL3040',
    message: 'There is no cfn-lint on this machine, and none could be fetched.',
    hint: 'Install it with: pip install cfn-lint. Or install uv or pipx, which fetch it.',
  }).diagnostics;
};

const RETIRED: Diagnostic = info({
  code: 'PL3048',
  message: 'These templates were judged by the cfn-lint of npm, a tool of 2019, since there is no other here.',
  hint: 'Install the living one, which knows far more: pip install cfn-lint.',
});

/** Whether a way leads to the living cfn-lint: the retired one has the same name and gives a bare version. */
async function isLiving([file, ...args]: readonly [string, ...string[]], program: ProgramOptions): Promise<boolean> {
  const result = await runProgram(file, [...args, '--version'], program);
  return result?.code === 0 && /^cfn-lint \d/m.test(result.stdout);
}
