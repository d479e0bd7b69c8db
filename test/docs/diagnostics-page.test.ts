import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { CodeTable } from '../../src/diagnostics/codes.ts';

const folders = readdirSync('src').filter((folder) => existsSync(`src/${folder}/codes.ts`));
const tables = await Promise.all(
  folders.map(async (folder) => {
    const { CODES } = (await import(resolve('src', folder, 'codes.ts'))) as { CODES?: CodeTable };
    return [folder, CODES ?? {}] as const;
  }),
);
const rows = tables.flatMap(([folder, table]) =>
  Object.entries(table).map(([code, meaning]) => [code, folder, meaning]),
);

test('no code has two meanings', () => {
  const codes = rows.map(([code]) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

test('docs/diagnostics.md lists them all (renew it with -u)', async () => {
  const lines = rows
    .toSorted(([a], [b]) => (a! < b! ? -1 : 1))
    .map(([code, folder, meaning]) => `| ${code} | ${folder} | ${meaning} |`);
  const page = `# Diagnostics

A finding has a code, a place and a next step. A code never changes its meaning. Where a check of a template is the same as cfn-lint's it carries
[cfn-lint's id](https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md) (E3002, W2001, …), and cfn-lint's ignores in a template's \`Metadata\` are honoured: [all rules of validate](rules.md), with examples.
\`podlaunch explain CODE\` explains any of them. These are podlaunch's own:

| code | found by | meaning |
| --- | --- | --- |
${lines.join('\n')}
`;
  await expect(page).toMatchFileSnapshot('../../docs/diagnostics.md');
});
