import { printable } from '../diagnostics/printable.ts';

/** One line about a bug; the stack only under PODLAUNCH_DEBUG=1. */
export function bugReport(thrown: unknown, debug: boolean): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const line = `podlaunch: ${printable(message.split('\n', 1)[0]!)} (this is a bug in podlaunch; PODLAUNCH_DEBUG=1 shows where)\n`;
  return debug && thrown instanceof Error ? `${line}${thrown.stack}\n` : line;
}
