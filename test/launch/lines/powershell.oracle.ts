import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { powerShellLine } from '../../../src/launch/lines/create-stack-lines.ts';
import { hasPython, pythonTool } from '../../support/python-tools.ts';
import { HOSTILE } from './hostile.ts';

// No PowerShell can be installed from a registry of packages: the grammar that editors read it by judges the lines. It does
// not know that PowerShell takes typographic quotes for plain ones; create-stack-lines.test.ts does.
describe.skipIf(!hasPython())('the grammar of tree-sitter reads', () => {
  const read = async (line: string) => {
    const argv = [join(import.meta.dirname, 'powershell_words.py')];
    return spawnSync(await pythonTool('powershell', 'python'), argv, { input: line, encoding: 'utf8' });
  };
  const statementsOf = async (line: string): Promise<readonly (readonly string[])[]> => {
    const { stdout, stderr, status } = await read(line);
    expect(status, stderr).toBe(0);
    return JSON.parse(stdout);
  };

  test.each(HOSTILE)(
    'a line that makes a stack of %s: every value is one word, and nothing else is a command',
    async (value) => {
      const parameters = { ClusterName: value };
      const templateUrl = `https://b/${encodeURI(value)}`;
      const line = powerShellLine({ region: 'us-west-2', stackName: 'x', templateUrl, makesIam: true, parameters });
      const [make, write, create, remove, ...others] = await statementsOf(line);
      expect(others).toEqual([]);
      expect(make).toEqual(['$file', 'New-TemporaryFile']);
      expect(write!.slice(0, 3)).toEqual(['[IO.File]', 'WriteAllText', '$file']);
      expect(JSON.parse(write![3]!)).toEqual([{ ParameterKey: 'ClusterName', ParameterValue: value }]);
      expect(write).toHaveLength(4);
      expect(create).toEqual([
        ...['aws', 'cloudformation', 'create-stack', '--region', 'us-west-2', '--stack-name', 'x'],
        ...['--template-url', templateUrl, '--capabilities', 'CAPABILITY_IAM', '--parameters', '"file://$file"'],
      ]);
      expect(remove).toEqual(['Remove-Item', '$file']);
    },
  );

  test('the command that docs/launcher.md has ssh run on Windows', async () => {
    const [, command] = /powershell\.exe "([^"]*)"/.exec(readFileSync('docs/launcher.md', 'utf8'))!;
    expect(await statementsOf(command!)).toEqual([command!.split(' ')]);
  });

  test('and refuses what is none: a quote that is left open', async () => {
    expect((await read("aws 'it's")).status).toBe(1);
  });
});
