import { refuse } from '../../diagnostics/refusal.ts';
import { isOneLine } from '../../release/read-json.ts';

/** A reason is shown to everyone who opens the page or makes links. */
const REASON_LENGTH = 500;

/** Whether a text can be the reason of a withdrawal: one line that people read. */
export function isReason(text: unknown): text is string {
  return isOneLine(text) && text.length <= REASON_LENGTH;
}

/**
 * Throws a Refusal (PL4063) for a text that cannot be the reason of a withdrawal.
 * @param hint what a good reason says
 */
export function checkReason(text: string, hint: string): void {
  if (isReason(text)) return;
  const message = `The reason of a withdrawal is one line of at most ${REASON_LENGTH} characters.`;
  throw refuse({ code: 'PL4063', message, hint });
}
