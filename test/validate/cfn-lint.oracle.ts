import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Path } from '../../src/diagnostics/diagnostic.ts';
import { loadTemplate } from '../../src/document/read/load-template.ts';
import { validate } from '../../src/validate/validate.ts';
import { type CfnLintFinding, cfnLintFindings } from '../support/judges.ts';
import { hasPython, pythonTool } from '../support/python-tools.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/templates');
const files = ['good', 'bad'].flatMap((folder) => readdirSync(join(FOLDER, folder)).map((name) => join(folder, name)));

/** Where podlaunch and cfn-lint differ on purpose, with the reason. */
const OURS_ALONE: Readonly<Record<string, string>> = {
  'duplicate-keys.yaml E0000 Resources.A': 'cfn-lint gives no path while it reads',
};

/** What cfn-lint reports and podlaunch does not, with the reason. */
const THEIRS_ALONE: Readonly<Record<string, string>> = {
  'a-list.yaml E0000': 'PL3008 here',
  'duplicate-keys.yaml E0000': 'cfn-lint gives no path while it reads',
  'nested-stack.yaml E3043 Resources.Macro': 'cfn-lint takes the macro for a parameter; what it gives nobody knows',
  'nested-stack.yaml W3002 Resources.FromElsewhere': 'PL3149 here',
  'nested-stack.yaml W3002 Resources.Macro': 'PL3149 here',
  'nested-stack.yaml W3002 Resources.Misspelt': 'PL3149 here',
  'not-a-template.yaml E1001': 'PL3008 here',
  'not-a-template.yaml E1001 apiVersion': 'PL3008 here',
  'not-a-template.yaml E1001 kind': 'PL3008 here',
  'unknown-tag.yaml E3012 Resources.A': 'PL3004 here',
  'yaml-1.1.yaml E3002 Resources.Parameter': 'PL3005 here: the key off is written as the text that it is',
};

/** Ids of checks that cfn-lint has and podlaunch has not: it has no reason to agree on them. */
const NOT_OURS = /^(?:E0002|E3024|I|W1011|W1030|W6001)/;

/** `E3002 Resources.Vpc`: within an output a fault of a function is E6101 to cfn-lint, and the function's own id here. */
function key(code: string, path: Path): string {
  const shared = path[0] === 'Outputs' && /^E10/.test(code) ? 'E6101' : code;
  return `${shared} ${path.slice(0, 2).join('.')}`.trim();
}

describe.skipIf(!hasPython())('cfn-lint finds the same, by the same ids, in the same places', () => {
  let found: ReadonlyMap<string, readonly CfnLintFinding[] | undefined>;
  beforeAll(async () => {
    found = await cfnLintFindings(FOLDER, files, files.length);
  });

  test('it is the pinned one', async () => {
    const cfnLint = await pythonTool('cfn-lint', 'cfn-lint');
    expect(execFileSync(cfnLint, ['--version'], { encoding: 'utf8' }).trim()).toBe('cfn-lint 1.58.0');
  });

  test.each(files)('%s', async (file) => {
    const theirs = found
      .get(file)!
      .map(({ code, path }) => key(code, path))
      .filter((one) => !NOT_OURS.test(one));
    const ours = validate(await loadTemplate(join(FOLDER, file), file))
      .filter(({ code }) => !code.startsWith('PL'))
      .map(({ code, path }) => key(code, path));
    const name = file.split('/')[1];
    const only = (some: string[], others: string[], known: Readonly<Record<string, string>>): string[] =>
      [...new Set(some)].filter((one) => !others.includes(one) && !(`${name} ${one}` in known)).sort();
    expect({ ours: only(ours, theirs, OURS_ALONE), theirs: only(theirs, ours, THEIRS_ALONE) }).toEqual({
      ours: [],
      theirs: [],
    });
  });
});
