import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { makeFolder } from '../../files/make-folder.ts';
import type { FileContent, Store, StoredEntry, StoredFile } from './store.ts';

/** Folder of unfinished files, on the same file system as the finished ones. */
const UNFINISHED = '.unfinished';
/** Age in milliseconds at which an unfinished file is one that a killed process left behind. */
const ABANDONED = 3_600_000;

/**
 * A folder of this machine as a store. A file is written under a name of its own, synced to the disk and then linked
 * or renamed to its place, so that no reader ever sees half of one. It needs no permission but the file system's;
 * what the operating system refuses is thrown as Node's own error, which names the path.
 */
export function openFolderStore(folder: string): Store {
  const place = (key: string): string => join(folder, ...key.split('/'));
  const get = async (key: string, limit: number): Promise<StoredFile | 'larger' | undefined> => {
    const found = await unlessMissing(stat(place(key)));
    if (found && found.size > limit) return 'larger';
    const bytes = found && (await unlessMissing(readFile(place(key))));
    return bytes && { bytes, etag: md5(bytes), writtenAt: found.mtime };
  };
  return {
    name: folder,
    async list(prefix) {
      const entries = new Map<string, StoredEntry>();
      const base = place(prefix);
      const found = (await unlessMissing(readdir(base, { recursive: true, withFileTypes: true }))) ?? [];
      for (const file of found.filter((entry) => entry.isFile())) {
        const path = join(file.parentPath, file.name);
        const bytes = await readFile(path);
        entries.set(prefix + relative(base, path).split(sep).join('/'), { size: bytes.length, etag: md5(bytes) });
      }
      return entries;
    },
    async folders(prefix) {
      const entries = (await unlessMissing(readdir(place(prefix), { withFileTypes: true }))) ?? [];
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    },
    get,
    async putIfAbsent(key, file) {
      return withUnfinished(folder, file, async (unfinished) => {
        makeFolder(dirname(place(key)));
        return linkIfAbsent(unfinished, place(key));
      });
    },
    async replace(key, file, etag) {
      if (etag === undefined) return this.putIfAbsent(key, file);
      return withUnfinished(folder, file, async (unfinished) => {
        // In one step, as far as this process goes. Other processes have the moment between these lines to write.
        if (!existsSync(place(key)) || md5(readFileSync(place(key))) !== etag) return false;
        renameSync(unfinished, place(key));
        return true;
      });
    },
    close: () => removeAbandoned(join(folder, UNFINISHED)),
  };
}

/** Writes the bytes under a name that no other process uses, and removes that name in the end. */
async function withUnfinished<T>(folder: string, file: FileContent, finish: (path: string) => Promise<T>): Promise<T> {
  makeFolder(join(folder, UNFINISHED));
  const path = join(folder, UNFINISHED, `${process.pid}-${file.sha256.slice(0, 16)}-${serial++}`);
  try {
    const handle = await open(path, 'w');
    try {
      await handle.writeFile(file.bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await finish(path);
  } finally {
    await rm(path, { force: true });
  }
}

let serial = 0;

function removeAbandoned(folder: string): void {
  if (!existsSync(folder)) return;
  const paths = readdirSync(folder).map((name) => join(folder, name));
  for (const path of paths) {
    const file = statSync(path, { throwIfNoEntry: false });
    if (file && file.mtimeMs < Date.now() - ABANDONED) rmSync(path, { force: true });
  }
}

async function linkIfAbsent(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (failure) {
    const { code } = failure as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw failure;
  }
  // A file system without hard links, such as a USB stick: whole, too, but two publishers should not meet there.
  if (await unlessMissing(stat(to))) return false;
  await rename(from, to);
  return true;
}

async function unlessMissing<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw failure;
  }
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
