// What stages of `npm test` found, and how it is added up.

/**
 * What a stage found. `failures` has a line for each failure that can be named; `flaky` one for each check that failed
 * and passed when it was run once more alone.
 * @typedef {{passed: number, failed: number, skipped: number, failures: string[], flaky: string[]}} Count
 */

/** Nothing found. @returns {Count} */
export function none() {
  return { passed: 0, failed: 0, skipped: 0, failures: [], flaky: [] };
}

/** One pass. @returns {Count} */
export function passed() {
  return { ...none(), passed: 1 };
}

/** What cannot run here; in CI a failure. @param {string} what @returns {Count} */
export function skipped(what) {
  console.log(`Skipped: ${what.replace(/\.$/, '')}.`);
  return { ...none(), skipped: 1 };
}

/** A command that failed as a whole. @param {string} name @param {string} why @returns {Count} */
export function broken(name, why) {
  return { ...none(), failed: 1, failures: [failure(name, why)] };
}

/** @param {Count} a @param {Count} b @returns {Count} */
export function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
    flaky: [...a.flaky, ...b.flaky],
  };
}

/** A line for the end of the log: the first line of `why` is kept. @param {string} name @param {string} why */
export function failure(name, why) {
  return `FAILED ${name} - ${why.trim().split('\n')[0]}`;
}
