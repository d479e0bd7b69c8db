import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { makeCli } from '../../src/cli/cli-context.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { runCli } from '../support/run-cli.ts';

/** The words of every command that does something: `password` alone does not, `password obfuscate` does; and the options it cannot do without. */
async function allCommands(): Promise<{ argv: string[]; required: string[] }[]> {
  const found: { argv: string[]; required: string[] }[] = [];
  for (const { name, load } of COMMANDS) {
    const command = new Command(name);
    const io = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: {}, cwd: '/' };
    (await load()).define(
      command,
      makeCli(io, () => false),
    );
    const requiredBy = ({ options }: Command) =>
      options.filter(({ mandatory }) => mandatory).flatMap(({ long }) => [long!, 'x']);
    const inner = command.commands.map((sub) => ({ argv: [name, sub.name()], required: requiredBy(sub) }));
    found.push(...(inner.length > 0 ? inner : [{ argv: [name], required: requiredBy(command) }]));
  }
  return found;
}

describe.each(await allCommands())('$argv', ({ argv, required }) => {
  test('--help shows an example, and the options that every command has', async () => {
    const { code, out, err } = await runCli([...argv, '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`Examples?:\\n  \\$ .*podlaunch ${argv.join(' ')}`));
    expect(out).toMatch(/--config <file>/);
    expect(out).toMatch(/--json/);
  });

  test('help has no colours in a pipe, nor under NO_COLOR', async () => {
    for (const options of [{}, { isTTY: true, env: { NO_COLOR: '1' } }]) {
      const { out } = await runCli([...argv, '--help'], options);
      expect(out).not.toContain('\x1b');
    }
  });

  test('an unknown option is a usage error that leads to the help', async () => {
    const { code, out, err } = await runCli([...argv, ...required, '--no-such-option']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain("unknown option '--no-such-option'");
    expect(err).toContain('--help');
  });
});

test.each(['password', 'certificate', 'bucket'])('%s alone is a usage error that shows what there is', async (name) => {
  const { code, out, err } = await runCli([name]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(`Usage: podlaunch ${name}`);
});

test('help goes into groups of commands', async () => {
  const help = await runCli(['help', 'certificate', 'create']);
  expect(help).toEqual(await runCli(['certificate', 'create', '--help']));
  expect(help.code).toBe(0);
});

test.each([
  ['help', 'certificat'],
  ['certificat', '--help'],
])('%s %s: the nearest name', async (...argv) => {
  const { code, err } = await runCli(argv);
  expect(code).toBe(2);
  expect(err).toContain('Did you mean certificate?');
});
