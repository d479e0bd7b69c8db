import type { CodeTable } from '../diagnostics/codes.ts';
import { MEANINGS } from './rules/index.ts';

/** Codes of podlaunch's own that `validate` gives: those of the table of rules, and its refusals. */
export const CODES: CodeTable = {
  ...Object.fromEntries(
    MEANINGS.filter(({ code }) => code.startsWith('PL')).map(({ code, message }) => [code, message]),
  ),
  PL3101: 'A rule that is to be ignored, included or changed in severity does not exist.',
  PL3104: 'A file that is to be corrected has changed since it was checked.',
  PL3102: "The file that is to say which findings are accepted does not exist, or is not one of podlaunch's.",
};
