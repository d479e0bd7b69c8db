import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of passwords. */
export const CODES: CodeTable = {
  PL6001: 'The password is missing: nothing was typed or piped in.',
  PL6002: 'A password contains a NUL, a line break or bytes that are not UTF-8, or is far too long.',
  PL6003: 'The password that was typed the second time is another than the first.',
};
