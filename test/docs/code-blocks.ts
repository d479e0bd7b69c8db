import { readFileSync } from 'node:fs';

/** The pages with commands, in the order in which a reader comes by them: what one makes, a later one uses. */
export const PAGES_WITH_COMMANDS: readonly string[] = [
  'README.md',
  'docs/publisher.md',
  'docs/page.md',
  'docs/estimate.md',
  'docs/validate.md',
  'docs/small-stacks.md',
  'docs/day-2.md',
  'docs/clean-up.md',
  'docs/permissions.md',
  'CONTRIBUTING.md',
];

/** The code blocks of a Markdown file that are in one language, each as its text. */
export function codeBlocks(file: string, language: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , code]) => code!);
}

/** The command lines of a Markdown file: its `sh` blocks, without comments. */
export function commandLines(file: string): readonly string[] {
  return codeBlocks(file, 'sh')
    .flatMap((block) => block.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '');
}
