// The lab: the directory and the nodes, for real, where they can be.
import { run, whyEnded } from './command.mjs';
import { add, broken, none, skipped } from './count.mjs';

/** @typedef {import('./count.mjs').Count} Count */

/** With more failed checks than this nothing is run again: so many at once are no flake. */
const CHECKS_TO_REPEAT = 5;

/** All checks; one that fails is run once more alone, in a fresh lab, and named as flaky if it passes. @returns {Promise<Count>} */
export async function lab() {
  const able = await run('bash', ['test/lab/can-run'], { quiet: true });
  if (able.code !== 0) return skipped(able.output.trim());
  const first = await checks([]);
  if (first.failures.length !== first.failed || first.failed > CHECKS_TO_REPEAT) return first;
  let total = { ...first, failed: 0, failures: /** @type {string[]} */ ([]) };
  for (const line of first.failures) total = add(total, await alone(line));
  return total;
}

/** Runs the check of a failure's line once more. @param {string} line @returns {Promise<Count>} */
async function alone(line) {
  const still = { ...none(), failed: 1, failures: [line] };
  const check = /^FAILED (checks\/\S+?::.+?) - /.exec(line)?.[1];
  if (!check) return still;
  console.log(`\n== ${check} failed: it is run once more, alone, in a fresh lab`);
  const second = await checks([check]);
  return second.failed === 0 && second.passed > 0
    ? { ...none(), passed: 1, flaky: [line.replace(/^FAILED/, 'flaky:')] }
    : still;
}

/** @param {string[]} args @returns {Promise<Count>} */
async function checks(args) {
  return counted('test/lab/run', await run('bash', ['test/lab/run', ...args]));
}

/**
 * What a program's output counts: its last line `N passed, N failed`, and its lines that begin with FAILED.
 * @param {string} name @param {import('./command.mjs').Ended} ended @returns {Count}
 */
export function counted(name, ended) {
  const last = [...ended.output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  if (!last) return broken(name, whyEnded(ended));
  const failures = ended.output.match(/^FAILED .*$/gm) ?? [];
  const failed = Number(last[2]) || (ended.code === 0 ? 0 : 1);
  return { ...none(), passed: Number(last[1]), failed, failures };
}
