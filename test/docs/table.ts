import { readFileSync } from 'node:fs';

/** The rows of the tables of a Markdown file, each as its cells; headings and rules are left out. */
export function tableRows(file: string): readonly (readonly string[])[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines
    .filter((line, i) => line.startsWith('|') && !line.startsWith('| ---') && !lines[i + 1]?.startsWith('| ---'))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
}

/** What is in backticks in a cell. */
export function codes(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
}
