import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython, pythonTool } from '../support/python-tools.ts';
import { readAction } from './action-file.ts';
import { workflowOfPage } from './workflow-of-page.ts';

describe.skipIf(!hasPython())('the schemas of SchemaStore, as check-jsonschema ships them', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'podlaunch-schema-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Whether a text is one by the schema: `ok` or `fail`. */
  async function judge(schema: 'github-actions' | 'github-workflows', text: string): Promise<string> {
    const file = join(folder, 'file.yml');
    writeFileSync(file, text);
    const argv = ['--output-format', 'json', '--builtin-schema', `vendor.${schema}`, file];
    const { stdout, stderr } = spawnSync(await pythonTool('workflows', 'check-jsonschema'), argv, { encoding: 'utf8' });
    expect(stdout, stderr).toMatch(/^\{/);
    return (JSON.parse(stdout) as { status: string }).status;
  }

  test('action.yml is an action; without the shell of its steps it is none', async () => {
    const { text } = readAction();
    expect(await judge('github-actions', text)).toBe('ok');
    expect(await judge('github-actions', text.replace('      shell: bash\n', ''))).toBe('fail');
  });

  test('the workflow of docs/github-action.md is a workflow; a job without a runner is none', async () => {
    expect(await judge('github-workflows', workflowOfPage())).toBe('ok');
    expect(await judge('github-workflows', workflowOfPage().replace('    runs-on: ubuntu-latest\n', ''))).toBe('fail');
  });
});
