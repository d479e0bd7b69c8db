// `npm test`: every check the project has, one after the other, then `N passed, N failed`.
// `npm test -- unit lab` runs only the named ones. In CI (CI=true) nothing may be skipped.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a stage found. `failures` has a line for each failure that can be named. */
/** @typedef {{passed: number, failed: number, skipped: number, failures: string[]}} Count */

const root = fileURLToPath(new URL('..', import.meta.url));
const ci = process.env.CI !== undefined && process.env.CI !== '';
const scratch = mkdtempSync(join(tmpdir(), 'podlaunch-test-'));

/** What there is to run, in this order. @type {Record<string, () => Promise<Count>>} */
const STAGES = {
  build: () => command('npm', ['run', '--silent', 'build']),
  format: () => command('npx', ['biome', 'check', '.']),
  types,
  shell: shellScripts,
  python,
  unit: () => vitest('unit'),
  oracles: () => vitest('oracles'),
  emulators: () => vitest('emulators'),
  lab,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in STAGES));
if (unknown.length > 0) {
  console.error(`No such stage: ${unknown.join(', ')}. There are: ${Object.keys(STAGES).join(', ')}.`);
  process.exit(2);
}

let total = none();
for (const [name, run] of Object.entries(STAGES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n== ${name}`);
  const start = Date.now();
  const found = await run();
  total = add(total, found);
  const { passed, failed, skipped } = found;
  const seconds = Math.round((Date.now() - start) / 1000);
  console.log(`== ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s`);
}
rmSync(scratch, { recursive: true, force: true });
if (ci && total.skipped > 0) {
  console.log(`${total.skipped} skipped: in CI that is a failure.`);
  total.failed += total.skipped;
}
// Said again where a reader of a long log looks first.
for (const line of total.failures) console.log(line);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/**
 * Runs a command; one pass or one failure.
 * @param {string} file @param {string[]} args @param {{cwd?: string}} [options] @returns {Promise<Count>}
 */
async function command(file, args, options) {
  const { code } = await run(file, args, options);
  if (code === 0) return { ...none(), passed: 1 };
  return broken([file, ...args.slice(0, 3)].join(' '), code);
}

/** @param {string} project @returns {Promise<Count>} */
async function vitest(project) {
  const report = join(scratch, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run('npx', ['vitest', 'run', '--project', project, ...reporters]);
  if (!existsSync(report)) return broken(`vitest ${project}`, code);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  /** @type {string[]} */
  const failures = [];
  let failed = numFailedTests;
  for (const { name, status, message, assertionResults } of testResults) {
    // A file that does not even load has no tests to fail.
    if (status === 'failed' && assertionResults.length === 0) {
      failed += 1;
      failures.push(failure(name, message));
    }
    for (const each of assertionResults) {
      if (each.status === 'failed') failures.push(failure(`${name} > ${each.fullName}`, each.failureMessages[0]));
    }
  }
  failed ||= code === 0 ? 0 : 1;
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests, failures };
}

/** A line for the end of the log. @param {string} name @param {string} [why] */
function failure(name, why = '') {
  return `FAILED ${name.replace(root, '')} - ${why.trim().split('\n')[0]}`;
}

async function types() {
  return add(
    await command('npx', ['tsc', '--noEmit']),
    await command('npx', ['tsc', '--noEmit', '-p', 'tsconfig.scripts.json']),
  );
}

async function shellScripts() {
  const folder = await venv('python-quality');
  if (folder === undefined) return skipped('shellcheck, shfmt');
  const { output } = await run('git', ['ls-files', '-co', '--exclude-standard'], { quiet: true });
  const scripts = output.split('\n').filter((file) => {
    if (file === '' || !existsSync(join(root, file)) || /\.(?:md|yaml|json|ts|mjs|py|png|svg)$/.test(file))
      return false;
    return /^#!.*\b(?:ba)?sh\b/.test(readFileSync(join(root, file), 'utf8').slice(0, 64));
  });
  const results = [
    await command(join(folder, 'shellcheck'), ['-x', '-P', 'SCRIPTDIR', ...scripts]),
    await command(join(folder, 'shfmt'), ['-d', ...scripts]),
  ];
  return results.reduce(add);
}

async function python() {
  const folder = await venv('python-quality');
  if (folder === undefined) return skipped('ruff, mypy and the unit tests of the node scripts');
  const code = ['lifecycle-scripts', 'test/lifecycle-scripts', 'test/support'];
  const results = [
    await command(join(folder, 'ruff'), ['check', ...code, 'test/lab']),
    await command(join(folder, 'ruff'), ['format', '--check', ...code, 'test/lab']),
    await command(join(folder, 'ruff'), ['check', '--config', 'test/lab/pyproject.toml', 'bench/lab']),
    await command(join(folder, 'mypy'), []),
    await command(join(folder, 'mypy'), ['.', '../../bench/lab'], { cwd: join(root, 'test/lab') }),
  ];
  for (const interpreter of [join(folder, 'python'), python310()]) {
    results.push(interpreter === undefined ? skipped('the unit tests on Python 3.10') : await pytest(interpreter));
  }
  return results.reduce(add);
}

/** The unit tests of the node scripts. @param {string} interpreter @returns {Promise<Count>} */
async function pytest(interpreter) {
  const folder = await venv('python-quality', interpreter);
  const { code, output } = await run(join(/** @type {string} */ (folder), 'python'), ['-m', 'pytest']);
  const number = (/** @type {string} */ word) => Number(new RegExp(`(\\d+) ${word}`).exec(output)?.[1] ?? 0);
  const failed = number('failed') + number('error');
  return {
    passed: number('passed'),
    failed: failed || (code === 0 ? 0 : 1),
    skipped: number('skipped'),
    failures: output.match(/^(?:FAILED|ERROR) .*$/gm) ?? [],
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

/** The directory and the nodes, for real, where they can be; forty minutes at the most. @returns {Promise<Count>} */
async function lab() {
  const able = await run('bash', ['test/lab/can-run'], { quiet: true });
  if (able.code !== 0) return skipped(able.output.trim());
  const { code, output } = await run('timeout', ['--signal=TERM', '--kill-after=60', '40m', 'bash', 'test/lab/run']);
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  if (!last) return broken('test/lab/run', code);
  const failures = output.match(/^FAILED .*$/gm) ?? [];
  return { passed: Number(last[1]), failed: Number(last[2]) || (code === 0 ? 0 : 1), skipped: 0, failures };
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

/** @param {string} what @returns {Count} */
function skipped(what) {
  console.log(`Skipped: ${what.replace(/\.$/, '')}.`);
  return { ...none(), skipped: 1 };
}

/** A command that failed as a whole. @param {string} name @param {number} code @returns {Count} */
function broken(name, code) {
  return { ...none(), failed: 1, failures: [failure(name, `exit code ${code}`)] };
}

/** @returns {Count} */
function none() {
  return { passed: 0, failed: 0, skipped: 0, failures: [] };
}

/** @param {Count} a @param {Count} b @returns {Count} */
function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  };
}

/**
 * Runs a command in the project's folder (or `cwd`) and shows what it prints, unless it is to be quiet.
 * @param {string} file @param {string[]} args @param {{quiet?: boolean, cwd?: string}} [options]
 * @returns {Promise<{code: number, output: string}>}
 */
function run(file, args, { quiet = false, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, stdio: ['ignore', 'pipe', quiet ? 'ignore' : 'inherit'] });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      if (!quiet) process.stdout.write(data);
    });
    child.on('error', (error) => {
      console.error(`${file}: ${error.message}`);
      resolve({ code: 127, output });
    });
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
