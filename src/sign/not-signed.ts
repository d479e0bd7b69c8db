import { refuse } from '../diagnostics/refusal.ts';

/** Says that a signature is not one of the release. */
export function notSigned(place: string, reason: string): Error {
  return refuse({
    code: 'PL7107',
    message: `${place} is not a signature of this release: ${reason}.`,
    hint: 'Do not launch it, and tell its publisher: someone has changed what is in the bucket.',
  });
}
