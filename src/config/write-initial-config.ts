import { existsSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { refuse } from '../diagnostics/refusal.ts';
import { VERSION } from '../version.ts';
import { CONFIG_FILE } from './find-config.ts';
import { initialConfig } from './initial-config.ts';

/** Where the JSON Schema is: in an installed package, or in a built clone. */
const SCHEMAS = ['node_modules/podlaunch/lib/podlaunch.schema.json', 'lib/podlaunch.schema.json'];

/**
 * Writes a commented podlaunch.yaml with the defaults.
 * @param file relative to `cwd`. Default: `podlaunch.yaml`
 * @returns the path that was written, as it was given
 * @throws Refusal PL0002 when there is such a file already
 */
export function writeInitialConfig(cwd: string, file: string = CONFIG_FILE): string {
  const path = resolve(cwd, file);
  const text = initialConfig(schemaReference(cwd, resolve(path, '..')));
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
    const hint = 'Edit it, move it away, or write another: podlaunch init --config OTHER.yaml.';
    throw refuse({ code: 'PL0002', message: `${file} already exists.`, hint });
  }
  return file;
}

/** The schema that is on this machine, relative to the configuration; else the one on npm. */
function schemaReference(cwd: string, folder: string): string {
  const found = SCHEMAS.map((path) => resolve(cwd, path)).find((path) => existsSync(path));
  if (found === undefined) return `https://unpkg.com/podlaunch@${VERSION}/lib/podlaunch.schema.json`;
  const path = relative(folder, found);
  return path.startsWith('.') ? path : `./${path}`;
}
