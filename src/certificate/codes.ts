import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of certificates. */
export const CODES: CodeTable = {
  PL6010: 'The name that a certificate is to be made for is no host name.',
  PL6011: 'The number of days that a certificate is to hold is out of range.',
  PL6012: 'The folder holds a CA or a certificate already; nothing is overwritten.',
  PL6013: 'The folder holds no CA that a certificate could be renewed with.',
  PL6014: 'A certificate or key in the folder cannot be read, or they do not belong together.',
  PL6015: 'The CA in the folder has expired.',
  PL6016: 'The ARN is not one of a certificate in ACM, or lies in another region than the one given.',
  PL6017: 'The certificate in ACM comes from another CA than the one in the folder, so nodes would refuse the new one.',
  PL6018: 'ACM refused a request, or could not be reached.',
};
