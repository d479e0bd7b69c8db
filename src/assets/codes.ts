import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of what travels with the templates. */
export const CODES: CodeTable = {
  PL2001: 'The folder of the lifecycle scripts is missing, or is not a folder.',
  PL2002:
    'A file name in the folder of the lifecycle scripts is not UTF-8, or holds a backslash or a control character.',
  PL2003: 'A symbolic link in the folder of the lifecycle scripts leads nowhere, to a folder, or out of the folder.',
  PL2004: 'Something in the folder of the lifecycle scripts is neither a file nor a folder.',
  PL2005: 'A file, its path, all files together, or their number is over the limit of what a release carries.',
  PL2010: 'The folder of the lifecycle scripts has no entry point.',
  PL2011: 'An entry point does not start with a line that names bash.',
  PL2012: 'A script has Windows line ends, with which Linux does not run it.',
  PL2013: 'A shell script is not right in its syntax.',
  PL2014: 'A file holds what looks like a secret; a release may be read by anyone.',
};
