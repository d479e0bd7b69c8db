// The other majors of Node.js that podlaunch works on.
import { add, none, skipped } from './count.mjs';
import { nodeRuntime, VERSIONS } from './node-runtime.mjs';
import { vitest } from './vitest.mjs';

/** @typedef {import('./count.mjs').Count} Count */

/** The unit tests on each major but the one that runs this. @returns {Promise<Count>} */
export async function otherNodes() {
  let total = none();
  for (const version of VERSIONS) {
    if (process.version.startsWith(`v${version.split('.')[0]}.`)) continue;
    const node = await nodeRuntime(version);
    const found = node ? await vitest('unit', { node }) : skipped(`the unit tests on Node.js ${version}`);
    total = add(total, found);
  }
  return total;
}
