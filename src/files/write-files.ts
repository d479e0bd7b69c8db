import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** A file that is to be written. */
export interface FileToWrite {
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Permissions, in force before there is any content. Default: 0o666, less the umask. */
  readonly mode?: number;
}

/**
 * Writes files so that each is there whole, or as it was before: all are written beside their places first, and
 * renamed when none has failed. Makes the folders that are missing. Synchronous, so that Ctrl-C falls before or after it.
 */
export function writeFiles(files: readonly FileToWrite[]): void {
  const staged = files.map((file) => ({ ...file, temporary: `${file.path}.${process.pid}.tmp` }));
  try {
    for (const { path, temporary, content, mode } of staged) {
      makeFolder(dirname(path));
      rmSync(temporary, { force: true });
      writeFileSync(temporary, content, { mode: mode ?? 0o666, flag: 'wx' });
    }
    for (const { path, temporary } of staged) renameSync(temporary, path);
  } finally {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
  }
}
