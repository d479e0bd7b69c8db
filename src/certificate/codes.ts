import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of certificates. */
export const CODES: CodeTable = {
  PL6010: 'The name that a certificate is to be made for is not a valid host name.',
  PL6011: 'The number of days that a certificate is to be valid is out of range.',
  PL6012: 'The folder already contains a CA or a certificate; nothing is overwritten.',
  PL6013: 'The folder contains no CA that could renew a certificate.',
  PL6014: 'A certificate or key in the folder cannot be read, or they do not belong together.',
  PL6015: 'The CA in the folder has expired.',
  PL6016: 'The ARN is not one of a certificate in ACM, or is in a region other than the given one.',
  PL6017: 'The certificate in ACM comes from another CA than the one in the folder, so nodes would refuse the new one.',
  PL6018: 'ACM refused a request, or could not be reached.',
};
