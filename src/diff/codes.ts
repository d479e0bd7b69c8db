import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of the comparison of releases, templates and stacks. */
export const CODES: CodeTable = {
  PL8001: 'There is no such file, folder, release or stack to compare.',
  PL8002: 'The folder has no templates to compare.',
  PL8003: 'What is to be compared is not a template.',
  PL8004: 'CloudFormation could not be asked for the template of a stack.',
};
