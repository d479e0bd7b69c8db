import type { CodeTable } from '../diagnostics/codes.ts';
import { MEANINGS } from './rules/index.ts';

/** Codes of podlaunch's own that `validate` gives; what they mean is in the table of rules. */
export const CODES: CodeTable = Object.fromEntries(
  MEANINGS.filter(({ code }) => code.startsWith('PL')).map(({ code, message }) => [code, message]),
);
