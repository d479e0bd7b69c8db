/** A failure whose message tells the launcher what to do about it. */
export class Fault extends Error {}

/** What to tell the launcher about any failure. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof Fault) return thrown.message;
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
