// The rehearsal: the whole launch on one machine, where the lab can be.
import { run } from './command.mjs';
import { skipped } from './count.mjs';
import { counted } from './lab.mjs';

/** @typedef {import('./count.mjs').Count} Count */

/** The rehearsal; one that fails is run once more, and named as flaky if it passes. @returns {Promise<Count>} */
export async function rehearsal() {
  const able = await run('bash', ['test/lab/can-run'], { quiet: true });
  if (able.code !== 0) return skipped(able.output.trim());
  const first = await once();
  if (first.failed === 0) return first;
  console.log('\n== the rehearsal failed: it is run once more');
  const second = await once();
  return second.failed > 0
    ? second
    : { ...second, flaky: first.failures.map((line) => line.replace('FAILED', 'flaky:')) };
}

async function once() {
  return counted('test/rehearsal/run', await run('bash', ['test/rehearsal/run']));
}
