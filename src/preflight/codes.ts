import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of what is found in an account before a launch. */
export const CODES: CodeTable = {
  PL8101: 'The launch would be refused: a quota, a name, the network, a certificate or a training plan does not fit.',
  PL8102: 'The launch may be refused: something could not be found out, or does not fit for certain.',
  PL8103: 'AWS could not be asked, because of the credentials.',
};
