import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { leftByBuild } from '../files/left-by-build.ts';

/** The validator that the build has made of podlaunch's own schema of node settings: ajv's, as code. */
export function checkedValidator(): unknown {
  const filename = leftByBuild('checked/validate-settings.cjs')!;
  const module: { exports: unknown } = { exports: {} };
  // It requires nothing, and Node's own loader would bring that of ES modules along.
  const script = new Script(`(function (module, exports) {${readFileSync(filename, 'utf8')}\n})`, { filename });
  script.runInThisContext().call(module.exports, module, module.exports);
  return module.exports;
}
