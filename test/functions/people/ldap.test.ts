import { Attribute, Client, Change as LdaptsChange } from 'ldapts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Ldap } from '../../../src/functions/people/ldap/client.ts';
import { firstTextOf, guidOf, textsOf } from '../../../src/functions/people/ldap/entry.ts';
import { allOf, anyOf, equal, present } from '../../../src/functions/people/ldap/filter.ts';
import { LdapError } from '../../../src/functions/people/ldap/result.ts';
import { ADMIN, BASE, ROOT } from './fake/directory.ts';
import { type FakeServer, startFakeServer } from './fake/server.ts';

const never = new AbortController().signal;
const PASSWORD = 'Adm1n-canary-Passw0rd';
const USER = { objectClass: ['user'], userAccountControl: ['514'] };

let fake: FakeServer;
beforeEach(async () => {
  fake = await startFakeServer();
});
afterEach(() => fake.stop());

const open = (target = fake.target, stop = never) => Ldap.open(target, stop);
const bound = async () => {
  const ldap = await open();
  await ldap.bind(ADMIN, PASSWORD);
  return ldap;
};
const dnOf = (name: string) => `CN=${name},OU=Users,${ROOT}`;

describe('what is written and read', () => {
  test('is what ldapts reads, and the other way round', async () => {
    const [ldap, oracle] = [
      await bound(),
      new Client({ url: `ldaps://localhost:${fake.target.port}`, tlsOptions: { ca: fake.target.authority } }),
    ];
    await oracle.bind(ADMIN, PASSWORD);
    const keys = ['ssh-ed25519 AAAA ä', 'x'.repeat(200), 'y'.repeat(70_000)];
    await ldap.add(dnOf('zoë'), { ...USER, sAMAccountName: ['zoë'], altSecurityIdentities: keys });
    await oracle.add(dnOf('max'), { ...USER, sAMAccountName: 'max', altSecurityIdentities: keys });
    const attributes = ['sAMAccountName', 'altSecurityIdentities', 'objectGUID'];

    const ours = await ldap.search(
      ROOT,
      'sub',
      allOf(present('altSecurityIdentities'), equal('objectClass', 'user')),
      attributes,
    );
    const filter = '(&(altSecurityIdentities=*)(objectClass=user))';
    const theirs = await oracle.search(ROOT, {
      scope: 'sub',
      filter,
      attributes,
      explicitBufferAttributes: ['objectGUID'],
      paged: true,
    });
    expect(ours.map(({ dn }) => dn)).toEqual(theirs.searchEntries.map(({ dn }) => dn));
    for (const [index, entry] of ours.entries()) {
      expect(textsOf(entry, 'altSecurityIdentities')).toEqual(theirs.searchEntries[index]!['altSecurityIdentities']);
      expect(entry.values.get('objectguid')![0]!.equals(theirs.searchEntries[index]!['objectGUID'] as Buffer)).toBe(
        true,
      );
    }
    expect(ours.map((entry) => firstTextOf(entry, 'samaccountname'))).toEqual(['zoë', 'max']);

    await ldap.modify(dnOf('max'), [
      ['delete', 'altSecurityIdentities', [keys[2]!]],
      ['replace', 'description', ['one', 'two']],
    ]);
    const modification = new Attribute({ type: 'description', values: ['three'] });
    await oracle.modify(dnOf('max'), [new LdaptsChange({ operation: 'add', modification })]);
    const [max] = await ldap.search(dnOf('max'), 'base', present('objectClass'), ['description', ...attributes]);
    expect(textsOf(max!, 'altSecurityIdentities')).toEqual(keys.slice(0, 2));
    expect(textsOf(max!, 'description')).toEqual(['one', 'two', 'three']);
    await ldap.delete(dnOf('max'));
    await expect(oracle.search(dnOf('max'), { scope: 'base' })).rejects.toMatchObject({ code: 32 });
    ldap.close();
    await oracle.unbind();
  });

  test('a number of the directory is written as its own tools write it', () => {
    const bytes = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    const entry = { dn: '', values: new Map([['objectguid', [bytes]]]) };
    expect(guidOf(entry)).toBe('33221100-5544-7766-8899-aabbccddeeff');
  });

  test('values that mean something in a filter or a DN are values', async () => {
    const ldap = await bound();
    const odd = '*)(objectClass=*) \\,+"<>;=#\0';
    await ldap.add(dnOf('odd'), { ...USER, sAMAccountName: ['odd'], description: [odd] });
    const find = (text: string) => ldap.search(ROOT, 'sub', anyOf(equal('description', text)), ['description']);
    expect((await find(odd)).map((entry) => textsOf(entry, 'description'))).toEqual([[odd]]);
    expect(await find('*')).toEqual([]);
  });

  test('more than a thousand entries come page by page', async () => {
    const ldap = await bound();
    for (let number = 0; number < 2_345; number++)
      fake.directory.put(dnOf(`u${number}`), { objectClass: ['user'], sn: ['x'] });
    const found = await ldap.search(ROOT, 'sub', equal('sn', 'x'), ['sn']);
    expect(new Set(found.map(({ dn }) => dn)).size).toBe(2_345);
    expect(fake.seen.filter(({ operation }) => operation === 'search')).toHaveLength(5);
  });

  test('requests that are under way side by side get each its own answer', async () => {
    const ldap = await bound();
    const names = Array.from({ length: 50 }, (_, number) => `person${number}`);
    await Promise.all(names.map((name) => ldap.add(dnOf(name), { ...USER, sAMAccountName: [name] })));
    const look = (name: string) => ldap.search(dnOf(name), 'base', present('objectClass'), ['sAMAccountName']);
    const found = await Promise.all(names.map(look));
    expect(found.map(([entry]) => firstTextOf(entry!, 'sAMAccountName'))).toEqual(names);
  });
});

describe('what is refused', () => {
  test('is an error with its number, its reason, and nothing of the request', async () => {
    const ldap = await open();
    const refused = await ldap.bind(ADMIN, 'a-wrong-canary').catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(LdapError);
    expect(refused).toMatchObject({ code: 49, data: '52e' });
    expect(String(refused)).not.toContain('canary');
    expect(String(refused)).not.toContain('\0');
    await expect(ldap.add(dnOf('x'), USER)).rejects.toMatchObject({ code: 1 });
    await ldap.bind(ADMIN, PASSWORD);
    await expect(ldap.add(`CN=x,CN=Users,${BASE}`, USER)).rejects.toMatchObject({ code: 50 });
    await expect(ldap.search(`OU=none,${BASE}`, 'sub', present('cn'), [])).rejects.toMatchObject({ code: 32 });
  });

  test('a bind without a password is never sent', async () => {
    const ldap = await open();
    await expect(ldap.bind(ADMIN, '')).rejects.toThrow('needs a name and a password');
    expect(fake.seen).toEqual([]);
  });

  test('a server of another authority, of another name, or without an authority to trust', async () => {
    const [other, misnamed] = [await startFakeServer(), await startFakeServer(undefined, 'ldaps.example.com')];
    await expect(open({ ...fake.target, authority: other.target.authority })).rejects.toThrow(/certificate|issuer/);
    await expect(open({ ...misnamed.target, host: 'localhost' })).rejects.toThrow('altnames');
    await expect(open({ ...fake.target, authority: '' })).rejects.toThrow('no authority');
    await Promise.all([other.stop(), misnamed.stop()]);
  });
});

describe('a connection that is lost', () => {
  test('fails what waits and what comes after, and is never opened again', async () => {
    const ldap = await bound();
    let connections = 0;
    fake.next = () => ++connections;
    fake.fault = () => 'broken';
    const search = () => ldap.search('', 'base', present('objectClass'), []);
    const ends = await Promise.allSettled([search(), search()]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(search()).rejects.toThrow(/closed|reset/i);
    expect(connections).toBe(0);
    ldap.close();
  });

  test('is left where a message is longer than any', async () => {
    const ldap = await open();
    fake.fault = () => 'endless';
    await expect(ldap.bind(ADMIN, PASSWORD)).rejects.toThrow('a message of more than');
  });

  test('ends with the reason for which the time is over', async () => {
    const time = new AbortController();
    const ldap = await open(fake.target, time.signal);
    fake.fault = () => 'silent';
    const waiting = ldap.bind(ADMIN, PASSWORD);
    time.abort(new Error('the time is over'));
    await expect(waiting).rejects.toThrow('the time is over');
    await expect(open(fake.target, time.signal)).rejects.toThrow('the time is over');
  });
});
