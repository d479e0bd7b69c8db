import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDER = 'src/cli';
const files = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const);

test('findings are rendered in one file, and written in one', () => {
  const naming = (what: RegExp) => files.filter(([, text]) => what.test(text)).map(([name]) => name);
  expect(naming(/diagnostics\/render-/)).toEqual(['render-findings.ts']);
  expect(naming(/renderFindings\(/)).toEqual(['cli-context.ts', 'render-findings.ts']);
  expect(naming(/findingsOf\(/)).toEqual(['main.ts']);
});
