import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { FakeHouse } from '../functions/people/fake/house.ts';
import { newSshKey } from '../functions/people/fake/keys.ts';
import { type FakeServer, startFakeServer } from '../functions/people/fake/server.ts';
import { keyboard } from '../support/keyboard.ts';
import { type CliRunOptions, runCli } from '../support/run-cli.ts';
import { stubCredentials } from '../support/stub-credentials.ts';
import { type StackFunction, startStackFunction } from './stack-function.ts';

let fake: FakeServer;
let house: FakeHouse;
let stack: StackFunction;
let cwd: string;
beforeAll(() => {
  stubCredentials();
  cwd = mkdtempSync(join(tmpdir(), 'podlaunch-people-'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(cwd, { recursive: true });
});
beforeEach(async () => {
  fake = await startFakeServer();
  house = new FakeHouse(fake);
  stack = await startStackFunction(house);
});
afterEach(() => Promise.all([stack.stop(), fake.stop()]));

const [K1, K2, K3] = [newSshKey('one'), newSshKey('two'), newSshKey('three')] as const;
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const place = () => ['--stack', 'physics-launchpad', '--region', 'us-west-2', '--endpoint-url', stack.url];
const run = (argv: readonly string[], options: CliRunOptions = {}) =>
  runCli(['people', ...argv, ...place()], { cwd, ...options });
const done = async (...argv: string[]) => {
  const { code, out, err } = await run([...argv, '--yes']);
  expect(code, err).toBe(0);
  return out;
};
const codes = async (...argv: string[]) => {
  const { code, out } = await run([...argv, '--json']);
  return [code, ...JSON.parse(out).diagnostics.map((one: { code: string }) => one.code)];
};

describe('one person at a time', () => {
  test('is added, listed, given and taken keys, removed and enabled', async () => {
    write('ada.pub', `${K1}\n`);
    write('more.pub', `# both\n${K2}\n\n${K3}\n`);
    expect(await done('add', 'ada', '--group', 'ClusterDev', '--key', 'ada.pub')).toContain(
      'Done: make ada with the key',
    );
    expect(await done('add', 'ada', '--group', 'ClusterDev', '--key', 'ada.pub')).toBe('Nothing is to be done.\n');
    expect((await run(['list'])).out).toMatch(/^ada {2}enabled {2}ClusterDev {2}SHA256:\S{43}\n$/);
    expect(await done('key', 'add', 'ada', 'more.pub')).toMatch(/(Done: give ada the key SHA256:\S+\.\n){2}/);
    const { people } = JSON.parse((await run(['list', '--json'])).out);
    expect(people[0].keys).toHaveLength(3);
    const named = (await run(['list'])).out.match(/SHA256:\S+/)![0];
    expect(await done('key', 'remove', 'ada', named)).toContain(`Done: take the key ${named} from ada.`);
    expect(await done('remove', 'ada')).toContain('Done: disable ada.');
    expect(await done('enable', 'ada')).toContain('Done: enable ada.');
  });

  test('is planned in words, and done only when somebody says so', async () => {
    const add = ['add', 'ada', '--group', 'ClusterAdmin', '--key', '-'];
    const no = await run(['enable', 'nobody'], {});
    expect(no).toMatchObject({ code: 1, err: expect.stringContaining('PL9004') });
    const piped = await run(add, { stdin: `${K1}\n` });
    expect(piped).toMatchObject({ code: 1, err: expect.stringContaining('PL9005') });
    expect(piped.err).toContain('whose members are root of the cluster');
    write('ada.pub', K1);
    const asked = ['add', 'ada', '--group', 'ClusterAdmin', '--key', 'ada.pub'];
    const refused = await run(asked, { isTTY: true, stdin: keyboard('n\n').stdin });
    expect(refused.err).toContain('Nothing was changed.');
    expect(JSON.parse((await run(['export', '--json'])).out).people).toEqual([]);
    const agreed = await run(asked, { isTTY: true, stdin: keyboard('y\n').stdin });
    expect(agreed).toMatchObject({ code: 0, out: expect.stringContaining('Done: make ada') });
  });
});

describe('a new password', () => {
  const reader = 'arn:aws:iam::111122223333:role/Ada';
  const reset = ['password', 'reset', 'ada', '--reader', reader];

  test('is set when somebody says so, and told by the secret that has it', async () => {
    write('ada.pub', K1);
    await done('add', 'ada', '--group', 'ClusterDev', '--key', 'ada.pub');
    let password = '';
    house.beforeHandOver = (one) => {
      password = one;
    };
    expect(await run(reset)).toMatchObject({ code: 1, err: expect.stringContaining('PL9005') });
    const refused = await run(reset, { isTTY: true, stdin: keyboard('n\n').stdin });
    expect([refused.err, password]).toEqual([expect.stringContaining('Nothing was changed.'), '']);

    const agreed = await run(reset, { isTTY: true, stdin: keyboard('y\n').stdin });
    expect(agreed.err).toContain(`give ada a new password, which only ${reader} may read`);
    expect(agreed.out).toMatch(
      /^Done[.] As .* until 2026-12-04T12:00:00Z, .*\n {2}aws secretsmanager get-secret-value /,
    );
    expect(fake.directory.passwords.get('ada')).toBe(password);
    const json = await run([...reset, '--yes', '--json']);
    expect(Object.keys(JSON.parse(json.out))).toEqual(['secret', 'readableUntil', 'reader']);
    expect(JSON.stringify([agreed, json, stack.calls])).not.toContain('canary');
  });

  test('is refused in the words of the function', async () => {
    expect(await codes(...reset, '--yes')).toEqual([1, 'PL9004']);
    const { err } = await run(['password', 'reset', 'ada', '--reader', 'Ada', '--yes']);
    expect(err).toContain('must be the ARN of a role or user');
  });
});

describe('a document', () => {
  const FILE = `groups: [ClusterDev]\npeople:\n  - name: ada\n    groups: [ClusterDev]\n    keys:\n      - ${K1}\n`;

  test('is planned, applied, exported, and the same again', async () => {
    write('people.yaml', FILE);
    const plan = await run(['plan', '--file', 'people.yaml']);
    expect(plan).toMatchObject({ code: 0, out: expect.stringContaining('  put ada into ClusterDev') });
    expect(stack.calls.map(({ action }) => action)).toEqual(['plan']);
    await done('apply', '--file', 'people.yaml');
    const { out } = await run(['export']);
    expect(parse(out)).toEqual({ schemaVersion: 1, ...parse(FILE) });
    write('again.yaml', out);
    expect(await done('apply', '-f', 'again.yaml')).toBe('Nothing is to be done.\n');
  });

  test('is refused with all that is wrong, before anybody is asked', async () => {
    write('people.yaml', 'people:\n  - name: Ada Lovelace\n    groups: [nowhere]\n    keys: [ssh-rsa AAAA]\n');
    expect(await codes('plan', '--file', 'people.yaml')).toEqual([1, 'PL9003', 'PL9003', 'PL9003']);
    write('people.yaml', 'people: [\n');
    expect((await codes('apply', '--file', 'people.yaml'))[0]).toBe(1);
    expect(await codes('apply', '--file', 'no-such.yaml')).toEqual([1, 'PL0005']);
    expect(stack.calls).toEqual([]);
  });

  test('a private key is refused, and never quoted', async () => {
    const secret = '-----BEGIN OPENSSH PRIVATE KEY-----\ncanary\n-----END OPENSSH PRIVATE KEY-----\n';
    write('id', secret);
    const { code, out, err } = await run(['add', 'ada', '--group', 'g', '--key', 'id', '--yes']);
    expect(code).toBe(1);
    expect(err).toContain('is a private key: give the file that ends in .pub');
    expect(out + err).not.toContain('canary');
  });
});

describe('a table', () => {
  test('adds everybody in it, with a line for each key, and takes nobody away', async () => {
    write('ada.pub', K1);
    await done('add', 'grace', '--group', 'ClusterDev', '--key', 'ada.pub');
    write(
      'people.csv',
      `\ufeffName,Groups,Key\r\nada,"ClusterDev; Users2",${K2}\r\nada,,"${K3}"\r\nbob,ClusterDev,\r\n`,
    );
    await done('import', 'people.csv');
    const { people } = JSON.parse((await run(['export', '--json'])).out);
    const found = people.map(({ name, groups, keys }: { name: string; groups: string[]; keys: string[] }) => [
      name,
      groups,
      keys.length,
    ]);
    expect(found).toEqual([
      ['ada', ['ClusterDev', 'Users2'], 2],
      ['bob', ['ClusterDev'], 0],
      ['grace', ['ClusterDev'], 1],
    ]);
  });

  test.each([
    ['is empty', ''],
    ['has other columns', 'login,groups\nada,x\n'],
    ['has a line of another length', 'name,groups,key\nada,x\n'],
    ['has a quote that does not end', 'name,groups,key\n"ada,x,\n'],
    ['has a name that is none', 'name\nAda Lovelace\n'],
  ])('that %s is refused', async (_, text) => {
    write('people.csv', text);
    expect(await codes('import', 'people.csv')).toEqual([1, 'PL9003']);
  });
});

describe('what is between', () => {
  test('a stack without the function is named', async () => {
    const { code, err } = await runCli(['people', 'list', ...place(), '--stack', 'other'], { cwd });
    expect(code).toBe(1);
    expect(err).toContain('PL9001');
    expect(err).toContain("Stack 'other' does not exist");
  });

  test('a caller who may not call it is told what it needs', async () => {
    stack.refusals.push({ status: 403, type: 'AccessDeniedException', message: 'no' });
    const { code, err } = await run(['list']);
    expect(code).toBe(1);
    expect(err).toContain('PL9002');
    expect(err).toContain('lambda:InvokeFunction');
  });

  test('a function that Lambda wakes is waited for', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'], shouldAdvanceTime: true, advanceTimeDelta: 500 });
    stack.refusals.push(
      { status: 502, type: 'ResourceNotReadyException', message: 'The function is inactive.' },
      { status: 409, type: 'ResourceConflictException', message: 'The function is in the state: Pending' },
    );
    const { code, err } = await run(['list']);
    vi.useRealTimers();
    expect(code, err).toBe(0);
  });
});
