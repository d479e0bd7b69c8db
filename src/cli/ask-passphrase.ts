import type { Cli } from './cli-context.ts';
import type { Progress } from './progress.ts';
import { readHidden } from './read-line.ts';

/** Asks a person at a terminal for the passphrase of a signing key; nothing where nobody sits there. */
export function askPassphrase(
  { io }: Cli,
  display?: Progress,
): { readonly passphrase?: (file: string) => Promise<string> } {
  if (!io.stdin.isTTY || !io.stderr.isTTY) return {};
  return {
    passphrase(file) {
      display?.pause();
      return readHidden(io, `Passphrase of ${file}: `);
    },
  };
}
