import { readFileSync } from 'node:fs';

/** Files of a cell, each with the names of tests that follow it. */
export function shownBy(cell: string): readonly { readonly file: string; readonly tests: readonly string[] }[] {
  return [...cell.matchAll(/`([^`]+)`((?:,? "[^"]+")+)/g)].map(([, file, names]) => ({
    file: file!,
    tests: [...names!.matchAll(/"([^"]+)"/g)].map(([, name]) => name!),
  }));
}

/** Names of the tests in a file, as its source has them. */
export function testsIn(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.py')) return [...text.matchAll(/^def (test_\w+)\(/gm)].map(([, name]) => name!);
  // A name, and the function that is the test: after `test(`, or after the cases of `each`.
  const quoted = /(['"])((?:(?!\1).)+)\1,\s*(?:async )?[({]/g;
  return [...text.matchAll(quoted)].map(([, , name]) => name!);
}
