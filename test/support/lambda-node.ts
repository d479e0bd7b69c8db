import { nodeRuntime, VERSIONS } from '../../scripts/test/node-runtime.mjs';
import type { Declaration } from '../../src/functions/lib/declaration.ts';

/**
 * The Node.js that functions run on in tests: of the same major as in Lambda. Where npm has none for this machine it is
 * the one that runs the tests.
 */
export async function lambdaNode(runtime: Declaration['runtime']): Promise<string> {
  const major = /\d+/.exec(runtime)![0];
  const version = VERSIONS.find((one) => one.startsWith(`${major}.`));
  if (version === undefined) throw new Error(`scripts/test/node-runtime.mjs names no Node.js ${major}`);
  return (await nodeRuntime(version)) ?? process.execPath;
}
