import { type Diagnostic, error } from './diagnostic.ts';
import { Refusal } from './refusal.ts';

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

/** What an act gave, or the findings that it was given up for. */
export type Outcome<T> =
  | { readonly value: T; readonly diagnostics: readonly [] }
  | { readonly value?: undefined; readonly diagnostics: readonly Diagnostic[] };

/** Does something that throws findings, for a caller that goes on with the next thing. A bug in podlaunch is thrown on. */
export function attempt<T>(act: () => T): Outcome<T> {
  try {
    return { value: act(), diagnostics: [] };
  } catch (thrown) {
    const diagnostics = findingsOf(thrown);
    if (diagnostics === undefined) throw thrown;
    return { diagnostics };
  }
}

const SYSTEM_HINTS: Readonly<Record<string, string>> = {
  EACCES: 'Check the permissions of the file or folder.',
  EPERM: 'Check the permissions of the file or folder.',
  EROFS: 'The file system is read-only: choose another folder.',
  ENOSPC: 'The disk is full: make room and run the command again.',
  ENOTDIR: 'A part of the path is a file where a folder is needed: choose another path.',
  EISDIR: 'The path is a folder, but a file is needed: choose another path.',
};

/** What the operating system said, as Node reports it; an open file's errors name no path. */
function isSystemError(thrown: unknown): thrown is NodeJS.ErrnoException {
  return (
    thrown instanceof Error &&
    ('syscall' in thrown || 'path' in thrown) &&
    typeof (thrown as NodeJS.ErrnoException).code === 'string'
  );
}
