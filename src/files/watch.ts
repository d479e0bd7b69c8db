import { type FSWatcher, watch } from 'node:fs';
import { dirname, join } from 'node:path';

/** How long to wait after a change for more: an editor empties a file, writes it, and renames another over it. In milliseconds. */
const SETTLED = 10;

/** Files that are being watched. */
export interface Watching {
  /** Watches these and nothing else from now on. */
  readonly follow: (paths: readonly string[]) => void;
  readonly stop: () => void;
}

/**
 * Calls back soon after something has changed beside files or in them: with what did, several at once where they change
 * together. The folders of the files are watched, because editors put a new file in the place of the old one.
 * @throws Node's error of the folder that cannot be watched
 */
export function watchFiles(paths: readonly string[], onChange: (changed: ReadonlySet<string>) => void): Watching {
  const watchers = new Map<string, FSWatcher>();
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function noticed(path: string): void {
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const all = changed;
      changed = new Set();
      onChange(all);
    }, SETTLED);
  }

  function follow(next: readonly string[]): void {
    const folders = new Set(next.map((path) => dirname(path)));
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (watchers.has(folder)) continue;
      const watcher = watch(folder, (_, name) => noticed(name === null ? folder : join(folder, name)));
      // A folder that goes away takes its files with it: that was noticed.
      watcher.on('error', () => watcher.close());
      watchers.set(folder, watcher);
    }
  }

  function stop(): void {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  }

  follow(paths);
  return { follow, stop };
}
