import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython, pythonTool } from '../support/python-tools.ts';
import { readAction } from './action-file.ts';
import { workflowOfPage } from './workflow-of-page.ts';

describe.skipIf(!hasPython())('zizmor, at its strictest', () => {
  let folder: string;
  let zizmor: string;
  beforeAll(async () => {
    zizmor = await pythonTool('workflows', 'zizmor');
    folder = mkdtempSync(join(tmpdir(), 'podlaunch-zizmor-'));
    mkdirSync(join(folder, '.github/workflows'), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The names of what it finds in the repository of a publisher, without a look at GitHub. */
  function findings(): readonly string[] {
    const { stdout, stderr } = spawnSync(zizmor, ['--offline', '--persona=pedantic', '--format=json', '.'], {
      ...{ cwd: folder, encoding: 'utf8' },
    });
    expect(stdout, stderr).toMatch(/^\[/);
    return (JSON.parse(stdout) as { ident: string }[]).map(({ ident }) => ident);
  }

  test('finds nothing in the action and in the workflow of its page', () => {
    cpSync('action.yml', join(folder, 'action.yml'));
    writeFileSync(join(folder, '.github/workflows/podlaunch.yml'), workflowOfPage());
    expect(findings()).toEqual([]);
  });

  test('finds an input within a script, and an action that is not pinned', () => {
    writeFileSync(
      join(folder, 'action.yml'),
      readAction().text.replace('action/check.sh"', 'action/check.sh" ${{ inputs.config }}'),
    );
    writeFileSync(
      join(folder, '.github/workflows/podlaunch.yml'),
      workflowOfPage().replace(/checkout@\w+/, 'checkout@v5'),
    );
    expect(new Set(findings())).toEqual(new Set(['template-injection', 'unpinned-uses']));
  });
});
