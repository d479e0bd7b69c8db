import { createDecipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { keyboard } from '../support/keyboard.ts';
import { runCli } from '../support/run-cli.ts';

function plain(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', bytes.subarray(4, 36), bytes.subarray(36, 52));
  return Buffer.concat([decipher.update(bytes.subarray(52, -4)), decipher.final()]).toString('utf8');
}

const obfuscate = ['password', 'obfuscate'];

describe('from a pipe', () => {
  test.each([
    ['secret', 'secret\0'],
    ['secret\n', 'secret\0'],
    ['secret\r\n', 'secret\0'],
    [' pass word ', ' pass word \0'],
    ['pässwörd\n', 'pässwörd\0'],
  ])('%j', async (stdin, expected) => {
    const { code, out, err } = await runCli(obfuscate, { stdin });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(plain(out.trim())).toBe(expected);
  });

  test.each([
    ['', 'PL6001'],
    ['\n', 'PL6001'],
    ['a\nb\n', 'PL6002'],
    ['a\0', 'PL6002'],
  ])('%j is refused', async (stdin, wanted) => {
    const { code, out, err } = await runCli(obfuscate, { stdin });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(wanted);
  });

  test('--json', async () => {
    const { out } = await runCli([...obfuscate, '--json'], { stdin: 'secret' });
    expect(plain(JSON.parse(out).obfuscated)).toBe('secret\0');
  });
});

test('a password in an argument is a usage error, and is not shown', async () => {
  const { code, out, err } = await runCli([...obfuscate, 'hunter2']);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).not.toContain('hunter2');
});

describe('at a terminal', () => {
  test('asks twice, shows nothing, and leaves the terminal as it was', async () => {
    const { stdin, rawModes } = keyboard('sec', 'rwt\x7f\x7fet\rsecret\r');
    const { code, out, err } = await runCli(obfuscate, { stdin, isTTY: true });
    expect(code).toBe(0);
    expect(plain(out.trim())).toBe('secret\0');
    expect(err).toBe('Password: \nPassword again: \n');
    expect(rawModes).toEqual([true, false, true, false]);
  });

  test('a character that comes in two pieces', async () => {
    const bytes = Buffer.from('ü\rü\r');
    const { stdin, type } = keyboard();
    const run = runCli(obfuscate, { stdin, isTTY: true });
    stdin.push(bytes.subarray(0, 1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    stdin.push(bytes.subarray(1));
    type('');
    expect(plain((await run).out.trim())).toBe('ü\0');
  });

  test('Ctrl-U starts again', async () => {
    const { stdin } = keyboard('wrong\x15right\rright\r');
    expect(plain((await runCli(obfuscate, { stdin, isTTY: true })).out.trim())).toBe('right\0');
  });

  test('two that differ', async () => {
    const { stdin } = keyboard('one\rtwo\r');
    const { code, err } = await runCli(obfuscate, { stdin, isTTY: true });
    expect(code).toBe(1);
    expect(err).toContain('PL6003');
  });

  test('Enter alone', async () => {
    const { code, err } = await runCli(obfuscate, { stdin: keyboard('\r').stdin, isTTY: true });
    expect(code).toBe(1);
    expect(err).toContain('PL6001');
  });

  test('Ctrl-C ends with 130 and gives the terminal back', async () => {
    const { stdin, rawModes } = keyboard('sec\x03');
    const { code, out } = await runCli(obfuscate, { stdin, isTTY: true });
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(rawModes).toEqual([true, false]);
  });
});
