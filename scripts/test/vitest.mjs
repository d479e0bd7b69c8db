// The stages that vitest runs.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root, run, whyEnded } from './command.mjs';
import { add, broken, failure, none } from './count.mjs';

/** @typedef {import('./count.mjs').Count} Count */

/** What a file of tests came to: its own counts, and the names of what failed. @typedef {{file: string, count: Count}} FileCount */

/** With more failed files than this nothing is run again: so many at once are no flake. */
const FILES_TO_REPEAT = 5;

/**
 * Runs the tests of a project of vitest.config.ts.
 * @param {string} project
 * @param {{again?: boolean, node?: string, only?: string[], cwd?: string}} [options] `again`: a file with a failure is run once more
 *   alone, and what passes then is named as flaky. `node`: another Node.js than this one. `only`: some files. `cwd`: another folder than the project's.
 * @returns {Promise<Count>}
 */
export async function vitest(project, { again = false, node, only = [], cwd = root } = {}) {
  const first = await once(project, only, node, cwd);
  if (!Array.isArray(first)) return first;
  const failed = first.filter(({ count }) => count.failed > 0);
  const repeat = again && failed.length <= FILES_TO_REPEAT;
  let total = none();
  for (const each of first) {
    total = add(total, repeat && each.count.failed > 0 ? await alone(project, each, node, cwd) : each.count);
  }
  return total;
}

/**
 * Runs a file with failures once more.
 * @param {string} project @param {FileCount} before @param {string | undefined} node @param {string} cwd @returns {Promise<Count>}
 */
async function alone(project, before, node, cwd) {
  console.log(`\n== ${before.file} had failures: it is run once more, alone`);
  const second = await once(project, [before.file], node, cwd);
  if (!Array.isArray(second) || second.length !== 1 || !second[0]) return before.count;
  const { count } = second[0];
  if (count.failed > 0) return count;
  return { ...count, flaky: before.count.failures.map((line) => line.replace(/^FAILED/, 'flaky:')) };
}

/**
 * One run of vitest: the counts of its files, or one count where it made no report.
 * @param {string} project @param {string[]} only @param {string | undefined} node @param {string} cwd @returns {Promise<FileCount[] | Count>}
 */
async function once(project, only, node, cwd) {
  const folder = mkdtempSync(join(tmpdir(), 'podlaunch-test-'));
  const report = join(folder, 'report.json');
  // Of the slow tests each one says that it ended: a run that says nothing for long is ended (command.mjs).
  const reporter = project === 'unit' ? 'default' : 'verbose';
  const args = [
    'run',
    '--project',
    project,
    `--reporter=${reporter}`,
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const program = join(root, 'node_modules/vitest/vitest.mjs');
  const ended = await run(node ?? process.execPath, [program, ...args, ...only], { cwd });
  const json = existsSync(report) ? readFileSync(report, 'utf8') : undefined;
  rmSync(folder, { recursive: true });
  if (json === undefined) return broken(`vitest ${project}`, whyEnded(ended));
  const files = JSON.parse(json).testResults.map((/** @type {any} */ result) => fileCount(result, cwd));
  const anyFailed = files.some((/** @type {FileCount} */ { count }) => count.failed > 0);
  // Something outside the tests failed, such as an unhandled rejection.
  if (ended.code !== 0 && !anyFailed)
    files.push({ file: project, count: broken(`vitest ${project}`, whyEnded(ended)) });
  return files;
}

/** @param {any} result a file's entry in vitest's JSON report @param {string} cwd @returns {FileCount} */
function fileCount({ name, status, message, assertionResults }, cwd) {
  const file = relative(cwd, name);
  const count = none();
  // A file that does not even load has no tests to fail.
  if (status === 'failed' && assertionResults.length === 0) {
    count.failed += 1;
    count.failures.push(failure(file, message ?? ''));
  }
  for (const each of assertionResults) {
    if (each.status === 'passed') count.passed += 1;
    else if (each.status !== 'failed') count.skipped += 1;
    else {
      count.failed += 1;
      count.failures.push(failure(`${file} > ${each.fullName}`, each.failureMessages[0] ?? ''));
    }
  }
  // A hook that failed beside passing tests.
  if (status === 'failed' && count.failed === 0) {
    count.failed += 1;
    count.failures.push(failure(file, message ?? 'the file failed'));
  }
  return { file, count };
}
