// Prints the path of a Node.js of Lambda's major: the functions run on it, and it reads TypeScript.
import { nodeRuntime, VERSIONS } from '../../scripts/test/node-runtime.mjs';

const version = VERSIONS.find((one) => one.startsWith('24.'));
console.log((version && (await nodeRuntime(version))) ?? process.execPath);
