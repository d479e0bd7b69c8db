import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { error } from '../diagnostics/diagnostic.ts';
import { printable } from '../diagnostics/printable.ts';
import { Refusal } from '../diagnostics/refusal.ts';

/** The findings behind something that was thrown; undefined when it is a bug in podlaunch. */
export function findingsOf(thrown: unknown): readonly Diagnostic[] | undefined {
  if (thrown instanceof Refusal) return thrown.diagnostics;
  if (isSystemError(thrown))
    return [
      error({
        code: 'PL0001',
        message: thrown.message,
        hint: SYSTEM_HINTS[thrown.code!] ?? 'Check the path and its permissions.',
      }),
    ];
  return undefined;
}

const SYSTEM_HINTS: Readonly<Record<string, string>> = {
  EACCES: 'Check the permissions of the file or folder.',
  EPERM: 'Check the permissions of the file or folder.',
  EROFS: 'The file system is read-only: choose another folder.',
  ENOSPC: 'The disk is full: make room and run the command again.',
  ENOTDIR: 'A part of the path is a file where a folder is needed: choose another path.',
  EISDIR: 'A folder stands where a file is needed: choose another path.',
};

/** What the operating system said, as Node reports it; an open file's errors name no path. */
function isSystemError(thrown: unknown): thrown is NodeJS.ErrnoException {
  return (
    thrown instanceof Error &&
    ('syscall' in thrown || 'path' in thrown) &&
    typeof (thrown as NodeJS.ErrnoException).code === 'string'
  );
}

/** One line about a bug; the stack only under PODLAUNCH_DEBUG=1. */
export function bugReport(thrown: unknown, debug: boolean): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const line = `podlaunch: ${printable(message.split('\n', 1)[0]!)} (this is a bug in podlaunch; PODLAUNCH_DEBUG=1 shows where)\n`;
  return debug && thrown instanceof Error ? `${line}${thrown.stack}\n` : line;
}
