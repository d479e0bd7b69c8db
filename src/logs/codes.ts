import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of logs. */
export const CODES: CodeTable = {
  PL8601: 'CloudWatch Logs refused to show the logs, or could not be reached.',
};
