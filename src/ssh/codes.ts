import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of what a stack and its cluster say for ssh. */
export const CODES: CodeTable = {
  PL9301: 'The stack cannot be read, or has no cluster that people log in on.',
  PL9302: 'A value of the stack or the cluster has characters that do not belong into ~/.ssh/config.',
  PL9303: 'The nodes of the cluster cannot be listed.',
  PL9304: 'The stack has no bastion of the kind that was asked for.',
};
