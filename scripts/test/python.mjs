// The stages of the tools that PyPI brings: shellcheck, shfmt, ruff, mypy, pytest.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { command, root, run, whyEnded } from './command.mjs';
import { add, none, skipped } from './count.mjs';

/** @typedef {import('./count.mjs').Count} Count */

/** shellcheck and shfmt over every shell script that git knows. @returns {Promise<Count>} */
export async function shell() {
  const folder = await venv('python-quality');
  if (folder === undefined) return skipped('shellcheck, shfmt');
  const { output } = await run('git', ['ls-files', '-co', '--exclude-standard'], { quiet: true });
  const scripts = output.split('\n').filter(isShellScript);
  return add(
    await command(join(folder, 'shellcheck'), ['-x', '-P', 'SCRIPTDIR', ...scripts]),
    await command(join(folder, 'shfmt'), ['-d', ...scripts]),
  );
}

/** @param {string} file */
function isShellScript(file) {
  if (file === '' || !existsSync(join(root, file)) || /\.(?:md|yaml|json|ts|mjs|py|png|svg)$/.test(file)) return false;
  return /^#!.*\b(?:ba)?sh\b/.test(readFileSync(join(root, file), 'utf8').slice(0, 64));
}

/** Style and types of all Python, the page that it computes, and the unit tests of the node scripts on this Python and on the nodes' own, side by side. @returns {Promise<Count>} */
export async function python() {
  const folder = await venv('python-quality');
  if (folder === undefined) return skipped('ruff, mypy and the unit tests of the node scripts');
  const older = python310();
  const results = await Promise.all([
    styleAndTypes(folder),
    pytest(join(folder, 'python')),
    older === undefined ? skipped('the unit tests on Python 3.10') : pytest(older),
  ]);
  return results.reduce(add);
}

/** @param {string} folder of the tools @returns {Promise<Count>} */
async function styleAndTypes(folder) {
  const code = ['lifecycle-scripts', 'test/lifecycle-scripts', 'test/support'];
  const results = [
    await command(join(folder, 'ruff'), ['check', ...code, 'test/lab']),
    await command(join(folder, 'ruff'), ['format', '--check', ...code, 'test/lab']),
    await command(join(folder, 'ruff'), ['check', '--config', 'test/lab/pyproject.toml', 'bench', 'test/rehearsal']),
    await command(join(folder, 'ruff'), ['format', '--check', '--config', 'test/lab/pyproject.toml', 'test/rehearsal']),
    await command(join(folder, 'mypy'), []),
    await command(join(folder, 'mypy'), ['bench/scale/simulate.py']),
    // docs/scale.md is what the simulation computes from the node scripts as they are.
    await command('python3', ['bench/scale/simulate.py', '--check']),
    await command(
      join(folder, 'mypy'),
      ['.', '../rehearsal', '../../bench/lab', '../../bench/people', '../../bench/scale/measure.py'],
      {
        cwd: join(root, 'test/lab'),
      },
    ),
  ];
  return results.reduce(add);
}

/** The unit tests of the node scripts. @param {string} interpreter @returns {Promise<Count>} */
async function pytest(interpreter) {
  const folder = await venv('python-quality', interpreter);
  const ended = await run(join(/** @type {string} */ (folder), 'python'), ['-m', 'pytest']);
  const number = (/** @type {string} */ word) => Number(new RegExp(`(\\d+) ${word}`).exec(ended.output)?.[1] ?? 0);
  const failed = number('failed') + number('error');
  const failures = ended.output.match(/^(?:FAILED|ERROR) .*$/gm) ?? [];
  return {
    ...none(),
    passed: number('passed'),
    failed: failed || (ended.code === 0 ? 0 : 1),
    skipped: number('skipped'),
    failures: failures.length > 0 || ended.code === 0 ? failures : [`FAILED pytest - ${whyEnded(ended)}`],
  };
}

/** Python 3.10, which the nodes have, where this machine has it too. @returns {string | undefined} */
function python310() {
  const places = [...(process.env.PATH ?? '').split(':'), ...pyenv()];
  // A version manager's stand-in may be there for a Python that is not.
  return places.map((folder) => join(folder, 'python3.10')).find((file) => spawnSync(file, ['-c', '']).status === 0);
}

function pyenv() {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  return existsSync(versions) ? ['3.10.13', '3.10.14', '3.10.15', '3.10'].map((v) => join(versions, v, 'bin')) : [];
}

/** The bin folder of a virtual environment with pinned tools; undefined without Python 3. @param {string} name @param {string} [interpreter] */
async function venv(name, interpreter = 'python3') {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'podlaunch');
  const requirements = `test/support/requirements/${name}.txt`;
  const { code, output } = await run(interpreter, ['test/support/make-venv.py', name, requirements, cache], {
    quiet: true,
  });
  return code === 0 ? join(output.trim().split('\n').at(-1) ?? '', 'bin') : undefined;
}
