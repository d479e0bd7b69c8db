import { codeBlocks } from '../docs/code-blocks.ts';

export const PAGE = 'docs/github-action.md';

/** The workflow of the page, with a commit where the reader fills in one. */
export function workflowOfPage(): string {
  const [workflow] = codeBlocks(PAGE, 'yaml');
  return workflow!.replaceAll('YOUR-COMMIT', '0123456789abcdef0123456789abcdef01234567');
}
