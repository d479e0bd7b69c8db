import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of the commands for people. */
export const CODES: CodeTable = {
  PL9001: 'The stack has no function that makes people.',
  PL9002: 'AWS could not be asked for the function of a stack.',
  PL9003: 'The list of people is not one that can be made.',
  PL9004: 'The function of the stack did not do what was asked.',
  PL9005: 'Nobody could be asked whether to do what was planned.',
};
