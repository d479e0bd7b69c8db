import { describe, expect, test } from 'vitest';
import type { CommandEntry } from '../../src/cli/commands.ts';
import { refuse } from '../../src/diagnostics/refusal.ts';
import { runCli } from '../support/run-cli.ts';

const loaded: string[] = [];

function entry(name: string, run: () => void): CommandEntry {
  return {
    name,
    summary: `Does ${name}`,
    load: async () => {
      loaded.push(name);
      return {
        define: (command) => {
          command.option('--format <format>', 'Form', 'text').action(run);
        },
      };
    },
  };
}

const commands = [
  entry('good', () => undefined),
  entry('refusing', () => {
    throw refuse({ code: 'PL9999', message: 'Not like this.', hint: 'Do that.' });
  }),
  entry('broken', () => {
    throw new TypeError('x is not a function');
  }),
  entry('unwritable', () => {
    throw Object.assign(new Error('EACCES: permission denied, open'), { code: 'EACCES', syscall: 'open', path: '/x' });
  }),
];

const run = (...argv: string[]) => runCli(argv, { commands });

describe('exit codes', () => {
  test('0 when done', async () => {
    expect(await run('good')).toEqual({ code: 0, out: '', err: '' });
  });

  test('1 at a refusal, with its code and hint on stderr', async () => {
    const { code, out, err } = await run('refusing');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('PL9999');
    expect(err).toContain('Do that.');
  });

  test.each([['--json'], ['--format', 'json'], ['--format=json']])(
    'a refusal under %s %s is JSON on stdout',
    async (...flags) => {
      const { code, out, err } = await run('refusing', ...flags);
      expect({ code, err }).toEqual({ code: 1, err: '' });
      expect(JSON.parse(out).diagnostics).toMatchObject([{ code: 'PL9999', severity: 'error', hint: 'Do that.' }]);
    },
  );

  test('1 at a bug, in one line; the stack only under PODLAUNCH_DEBUG=1', async () => {
    const quiet = await run('broken');
    expect(quiet.code).toBe(1);
    expect(quiet.err).toMatch(/^podlaunch: x is not a function .*this is a bug in podlaunch.*\n$/);
    const loud = await runCli(['broken'], { commands, env: { PODLAUNCH_DEBUG: '1' } });
    expect(loud.err).toContain('main.test.ts');
  });

  test('what the operating system refuses is a finding, not a bug', async () => {
    const { code, err } = await run('unwritable');
    expect(code).toBe(1);
    expect(err).toContain('PL0001');
  });

  test('2 without arguments, with the help on stderr', async () => {
    const { code, out, err } = await run();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Usage: podlaunch');
    for (const { name } of commands) expect(err).toContain(name);
  });

  test.each([
    [['god'], 'good'],
    [['good', '--jsn'], '--json'],
    [['good', 'surplus'], 'too many arguments'],
  ])('2 at usage that makes no sense: %j', async (argv, hint) => {
    const { code, out, err } = await run(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(hint);
  });
});

test('--version prints the version of package.json', async () => {
  const { default: pkg } = await import('../../package.json', { with: { type: 'json' } });
  expect(await run('--version')).toEqual({ code: 0, out: `${pkg.version}\n`, err: '' });
});

test('a command may have a --version of its own', async () => {
  const release: CommandEntry = {
    name: 'release',
    summary: '',
    load: async () => ({
      define: (command, cli) => {
        command.option('--version <version>').action(() => cli.print(command.optsWithGlobals()['version']));
      },
    }),
  };
  expect(await runCli(['release', '--version', '1.0'], { commands: [release] })).toEqual({
    code: 0,
    out: '1.0\n',
    err: '',
  });
});

test('help NAME is NAME --help', async () => {
  const help = await run('help', 'good');
  expect(help).toEqual(await run('good', '--help'));
  expect(help.code).toBe(0);
  expect(help.out).toContain('--config <file>');
});

test('only the file of the command that is asked for is loaded, wherever global options are', async () => {
  loaded.length = 0;
  await run('--config', 'refusing', '--json', 'good');
  expect(loaded).toEqual(['good']);
});

test('--version --verbose says of which day the resource types are', async () => {
  expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  const { out } = await run('--version', '--verbose');
  expect(out).toMatch(
    /^podlaunch \S+\nNode\.js v\S+\nResource types: the CloudFormation registry of \d{4}-\d\d-\d\d, as cfn-lint \S+ ships it\.\n$/,
  );
});
