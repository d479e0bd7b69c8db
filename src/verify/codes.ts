import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of the comparison of what was published, or copied, with its hashes. */
export const CODES: CodeTable = {
  PL7001: 'The link does not lead to the template of a release.',
  PL7002: 'The manifest is another than the one that was expected.',
  PL7003: "The link fills in a parameter that only the launcher's own stacks know.",
  PL7004: 'A file for the nodes is not what its list says: it was changed, removed or added.',
  PL7005: 'The bucket for the nodes has no list of files that can be compared.',
  PL7006: 'The bill of materials of a release is none, or says something else than its manifest.',
  PL7007: 'The provenance of a release is none, or says something else than its manifest.',
  PL7008: 'Mirrors of a release are not the same.',
};
