import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of what a release is made of. */
export const CODES: CodeTable = {
  PL4001:
    'A release version is not made of letters, digits, dots, hyphens and underscores, has no digit, or is too long.',
  PL4002: 'A manifest.json cannot be read: it is broken, or of another version of podlaunch.',
};
