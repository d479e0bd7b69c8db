import { join } from 'node:path';
import { writeFiles } from '../files/write-files.ts';
import type { CompiledTemplate } from './compiled-template.ts';

/** Writes templates into a folder, all or none. Other files of the folder are left alone. */
export function writeTemplates(templates: readonly CompiledTemplate[], folder: string): void {
  writeFiles(templates.map(({ file, text }) => ({ path: join(folder, file), content: text })));
}
