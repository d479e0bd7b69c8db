import { join } from 'node:path';
import type { Assets } from '../assets/assets.ts';
import { writeFiles } from '../files/write-files.ts';
import type { CompiledTemplate } from './compiled-template.ts';

/**
 * Writes templates into a folder, and beside them the list of the node scripts that they name by its hash: who copies
 * the scripts by hand copies it too. All or none is written; other files of the folder are left alone.
 */
export function writeTemplates(
  templates: readonly CompiledTemplate[],
  { json }: Pick<Assets, 'json'>,
  folder: string,
): void {
  const files = templates.map(({ file, text }) => ({ path: join(folder, file), content: text }));
  writeFiles([...files, { path: join(folder, 'assets.json'), content: json }]);
}
