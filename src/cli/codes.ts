import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of the command line itself. */
export const CODES: CodeTable = {
  PL0001: 'The operating system refused to read or write a file or folder.',
  PL0002: 'A file that the command would write is there already; nothing is overwritten.',
  PL0003: 'The folder in which the command runs has been deleted.',
  PL0004: 'podlaunch explain was given a code that podlaunch does not have.',
  PL0005: 'A file that an argument names cannot be read, or is not text.',
};
