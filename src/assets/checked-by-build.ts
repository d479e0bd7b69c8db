import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { leftByBuild } from '../files/left-by-build.ts';
import type { AssetFile } from './assets.ts';

let hashes: Readonly<Record<string, string>> | undefined;

/**
 * Whether podlaunch's own build has checked this very file, and found nothing: it has the path and the SHA-256 of one
 * that was checked. Scripts that somebody has changed or added are not among them.
 */
export function isChecked({ path, sha256 }: AssetFile): boolean {
  hashes ??= readHashes();
  return sha256 !== '' && Object.hasOwn(hashes, path) && hashes[path] === sha256;
}

/** The validator that the build has made of podlaunch's own schema of node settings: ajv's, as code. */
export function checkedValidator(): unknown {
  const filename = leftByBuild('checked/validate-settings.cjs')!;
  const module: { exports: unknown } = { exports: {} };
  // It requires nothing, and Node's own loader would bring that of ES modules along.
  const script = new Script(`(function (module, exports) {${readFileSync(filename, 'utf8')}\n})`, { filename });
  script.runInThisContext().call(module.exports, module, module.exports);
  return module.exports;
}

function readHashes(): Readonly<Record<string, string>> {
  const file = leftByBuild('checked/hashes.json');
  return file === undefined ? {} : JSON.parse(readFileSync(file, 'utf8'));
}
