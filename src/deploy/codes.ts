import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of stacks that are deployed. */
export const CODES: CodeTable = {
  PL8501: 'CloudFormation refused a request about a stack, or could not be reached.',
  PL8502: 'The stack is in a state from which it cannot be updated.',
  PL8503: 'A resource of the stack failed, and CloudFormation rolled the stack back or stopped.',
  PL8504: 'Parameters have no value, and nobody is at a terminal to type one.',
  PL8505: 'A parameter that was given is not in the template, or its value is not allowed.',
  PL8506: 'CloudFormation could not make a change set of the template and the values.',
  PL8507: 'Nobody is at a terminal to agree to the changes.',
  PL8508: 'The template is too large to be sent, and is in no bucket.',
  PL8509: 'CloudFormation read another template than the release lists.',
  PL8510: 'The file with the answers of earlier runs cannot be read.',
  PL8511: 'A secret was given on the command line, where others can read it.',
  PL8512: 'A URL does not lead to a release.',
  PL8513: 'There is no template of the stack that is to be deployed.',
  PL8514: 'A thing that was kept could not be looked at, or not be removed.',
  PL8515: 'The stack has termination protection.',
};
