import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Edit } from '../../../src/functions/people/edit-document.ts';
import { ADMIN, BASE, ROOT } from './fake/directory.ts';
import { FakeHouse } from './fake/house.ts';
import { newSshKey } from './fake/keys.ts';
import { type FakeServer, startFakeServer } from './fake/server.ts';

let fake: FakeServer;
let house: FakeHouse;
beforeEach(async () => {
  fake = await startFakeServer();
  house = new FakeHouse(fake);
});
afterEach(() => fake.stop());

const [K1, K2, K3] = [newSshKey('one'), newSshKey('two'), newSshKey('three')] as const;
const ada = { name: 'ada', groups: ['ClusterAdmin'], keys: [K1] };
const bob = { name: 'bob', groups: ['ClusterDev'], keys: [K2] };
const GROUPS = ['ClusterAdmin', 'ClusterDev'];
const of = (...people: readonly object[]) => ({ document: { groups: GROUPS, people } });
const dn = (name: string) => `CN=${name},OU=Users,${ROOT}`;
const group = (name: string) => `CN=${name},OU=Groups,${ROOT}`;
const values = (name: string, attribute: string) => fake.directory.named(name)?.values.get(attribute.toLowerCase());
const flags = (name: string) => Number(values(name, 'userAccountControl')?.[0]);
const edit = (...edits: readonly Edit[]) => ({ edits });
const guid = (name: string) => {
  const hex = fake.directory.named(name)!.guid.toString('hex');
  const part = (from: number, to: number) => hex.slice(from, to).match(/../g)!.reverse().join('');
  return `${part(0, 8)}-${part(8, 12)}-${part(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

describe('a document', () => {
  test('is made, in words that say so, and made again nothing is done', async () => {
    const { done } = await house.apply(of(ada, bob));
    expect(done).toEqual([
      'make the unit Groups',
      'make the group ClusterAdmin',
      'make the group ClusterDev',
      expect.stringMatching(/^make ada with the key SHA256:\S{43}$/),
      expect.stringMatching(/^make bob with the key SHA256:\S{43}$/),
      'make the group podlaunch-bind',
      'make ReadOnly, which nodes search with',
      'make ReadOnly2, which nodes search with',
      'put ada into ClusterAdmin, whose members are root of the cluster',
      'put bob into ClusterDev',
      'put ReadOnly into podlaunch-bind',
      'put ReadOnly2 into podlaunch-bind',
    ]);
    expect(fake.directory.memberOf(dn('ada'))).toEqual([group('ClusterAdmin')]);
    expect(values('ada', 'altSecurityIdentities')).toEqual([K1]);
    expect([flags('ada'), flags('ReadOnly'), flags('ReadOnly2')]).toEqual([0x200, 0x10200, 0x10200]);
    expect(fake.directory.passwords.get('readonly')).toBe('B1nd-canary-Passw0rd');
    expect(await house.plan(of(ada, bob))).toEqual({ acts: [], problems: [], notes: [] });
    fake.seen.length = 0;
    expect(await house.apply(of(ada, bob))).toEqual({ done: [], notes: [] });
    expect(
      fake.seen.filter(
        ({ operation, dn: at }) => operation !== 'search' && !at.includes('lock') && operation !== 'bind',
      ),
    ).toEqual([]);
  });

  test('is changed: keys, groups, state', async () => {
    await house.apply(of(ada, bob));
    const { done } = await house.apply(of({ ...ada, state: 'disabled' }, { ...bob, keys: [K3], groups: GROUPS }));
    expect(done).toEqual([
      'disable ada',
      expect.stringMatching(/^take the key SHA256:\S+ from bob$/),
      expect.stringMatching(/^give bob the key SHA256:\S+$/),
      'put bob into ClusterAdmin, whose members are root of the cluster',
    ]);
    expect([flags('ada'), values('bob', 'altSecurityIdentities')]).toEqual([0x202, [K3]]);
    expect(fake.directory.memberOf(dn('bob'))).toEqual(GROUPS.map(group));
  });

  test('without somebody disables and takes out of the groups; nobody is deleted, and who comes back is the same', async () => {
    await house.apply(of(ada, bob));
    const before = guid('ada');
    expect((await house.apply(of(bob))).done).toEqual(['disable ada', 'take ada out of ClusterAdmin']);
    expect([flags('ada'), fake.directory.memberOf(dn('ada')), values('ada', 'altSecurityIdentities')]).toEqual([
      0x202,
      [],
      [K1],
    ]);
    expect(flags('ReadOnly')).toBe(0x10200);
    expect((await house.plan(of(bob))).acts).toEqual([]);
    await house.apply(of(ada, bob));
    expect([flags('ada'), guid('ada')]).toEqual([0x200, before]);
  });

  test('is enabled where the password alone did not do it', async () => {
    const { directory } = fake;
    const reset = directory.resetPassword.bind(directory);
    directory.resetPassword = (name, password) => {
      reset(name, password);
      directory.named(name)!.values.set('useraccountcontrol', [String(0x202)]);
    };
    expect((await house.apply(of(ada))).done).toContain('enable ada');
    expect(flags('ada')).toBe(0x200);
  });

  test('without a group empties it', async () => {
    await house.apply(of(ada, bob));
    const { done } = await house.apply({ document: { groups: ['ClusterDev'], people: [{ ...ada, groups: [] }, bob] } });
    expect(done).toEqual(['take ada out of ClusterAdmin']);
  });

  test('leaves alone what AD itself, and others, keep beside keys', async () => {
    await house.apply(of(ada));
    const others = ['X509:<I>DC=com,CN=CA<S>CN=ada', 'Kerberos:ada@EXAMPLE.COM', 'ssh-dss AAAAB3NzaC1kc3M= old'];
    values('ada', 'altSecurityIdentities')!.push(...others);
    const { done, notes } = await house.apply(of({ ...ada, keys: [K2] }));
    expect(done).toHaveLength(2);
    expect(values('ada', 'altSecurityIdentities')).toEqual([...others, K2]);
    expect(notes).toEqual([expect.stringMatching(/^ada has a key that must begin with the type .* left as it is[.]$/)]);
  });

  test('keeps flags and comments of keys that somebody else changed', async () => {
    await house.apply(of(ada));
    fake.directory.named('ada')!.values.set('useraccountcontrol', [String(0x10200)]);
    expect((await house.plan(of({ ...ada, keys: [K1.replace('one', 'other words')] }))).acts).toEqual([]);
  });
});

describe('what exists and podlaunch did not make', () => {
  beforeEach(() => {
    fake.directory.put(`OU=Groups,${ROOT}`, { objectClass: ['organizationalUnit'] });
    fake.directory.put(dn('ada'), {
      objectClass: ['user'],
      sAMAccountName: ['Ada'],
      userAccountControl: ['512'],
      pwdLastSet: ['1'],
    });
    fake.directory.put(group('ClusterDev'), { objectClass: ['group'], sAMAccountName: ['ClusterDev'] });
    fake.directory.passwords.set('ada', 'x');
  });

  test('is a problem that names its objectGUID, and nothing at all is done', async () => {
    const { problems } = await house.plan(of(ada, bob));
    expect(problems).toEqual([
      `ClusterDev: exists, and podlaunch did not make it. To take it over, give its objectGUID: ${guid('ClusterDev')}`,
      `ada: exists, and podlaunch did not make it. To take it over, give its objectGUID: ${guid('ada')}`,
    ]);
    await expect(house.apply(of(ada, bob))).rejects.toThrow('give its objectGUID');
    expect(fake.directory.named('bob')).toBeUndefined();
  });

  test('is taken over by its objectGUID, and then it is podlaunch’s', async () => {
    const document = {
      groups: ['ClusterAdmin', { name: 'ClusterDev', objectGUID: guid('ClusterDev') }],
      people: [{ ...ada, objectGUID: guid('ada').toUpperCase() }],
    };
    const { done } = await house.apply({ document });
    expect(done).toContain(`take over ada (objectGUID ${guid('ada')})`);
    expect(fake.directory.passwords.get('ada')).toBe('x');
    expect((await house.plan(of(ada))).problems).toEqual([]);
    expect((await house.plan({ document })).acts).toEqual([]);
  });

  test('another objectGUID, an objectGUID of nobody, and an administrator of the domain are problems', async () => {
    const other = '01234567-89ab-cdef-0123-456789abcdef';
    fake.directory.put(dn('root1'), { objectClass: ['user'], sAMAccountName: ['root1'], adminCount: ['1'] });
    const people = [
      { name: 'ada', objectGUID: other },
      { name: 'bob', objectGUID: other },
      { name: 'root1', objectGUID: guid('root1') },
    ];
    const { problems } = await house.plan({ document: { people } });
    expect(problems).toEqual([
      `ada: has the objectGUID ${guid('ada')}, not ${other}.`,
      `bob: no account has this name, and so none the objectGUID ${other}.`,
      'root1: is or was an administrator of the domain (adminCount), and is left alone.',
    ]);
  });

  test('a computer’s name, and one beyond the unit', async () => {
    fake.directory.put(`CN=bob,CN=Users,${BASE}`, { objectClass: ['user', 'computer'], sAMAccountName: ['bob'] });
    fake.directory.put(`CN=eve,CN=Users,${BASE}`, { objectClass: ['user'], sAMAccountName: ['eve'] });
    const { problems } = await house.plan({ document: { people: [{ name: 'bob' }, { name: 'eve' }] } });
    expect(problems).toEqual([
      expect.stringContaining('bob: a group or a computer'),
      expect.stringContaining('eve: exists'),
    ]);
  });

  test('what has the place of a new account is not put into groups', async () => {
    fake.directory.put(dn('bob'), { objectClass: ['user'], sAMAccountName: ['mallory'], userAccountControl: ['512'] });
    await expect(
      house.apply({ document: { groups: ['Team'], people: [{ name: 'bob', groups: ['Team'] }] } }),
    ).rejects.toThrow('Could not make bob');
    expect(fake.directory.memberOf(dn('bob'))).toEqual([]);
  });
});

describe('edits', () => {
  const add = { edit: 'add', name: 'eve', groups: ['ClusterDev'], keys: [K3] } as const;

  test('change one person, and are done once', async () => {
    await house.apply(of(ada, bob));
    expect((await house.apply(edit(add))).done).toHaveLength(2);
    expect((await house.apply(edit(add))).done).toEqual([]);
    expect((await house.apply(edit({ edit: 'remove', name: 'bob' }))).done).toEqual([
      'disable bob',
      'take bob out of ClusterDev',
    ]);
    expect((await house.apply(edit({ edit: 'enable', name: 'bob' }))).done).toEqual(['enable bob']);
    expect((await house.apply(edit({ edit: 'add key', name: 'eve', key: K1 }))).done).toHaveLength(1);
    const print = (await house.plan(edit({ edit: 'remove key', name: 'eve', key: K3 }))).acts[0]!.words[0]!.split(
      ' ',
    )[3]!;
    await house.apply(edit({ edit: 'remove key', name: 'eve', key: print }));
    expect(values('eve', 'altSecurityIdentities')).toEqual([K1]);
    expect(flags('ada')).toBe(0x200);
    await expect(house.apply(edit({ edit: 'enable', name: 'nobody1' }))).rejects.toThrow('is not one of podlaunch');
  });

  test('only who was removed is deleted, and only that one', async () => {
    await house.apply(of(ada, bob));
    const deletion = (name: string, objectGUID = guid(name)) => ({ edits: [], deletions: [{ name, objectGUID }] });
    await expect(house.apply(deletion('ada'))).rejects.toThrow('Remove ada first');
    await house.apply(of(bob));
    expect((await house.plan(deletion('ada', guid('bob')))).acts).toEqual([]);
    expect((await house.apply(deletion('ada'))).done).toEqual(['delete the account of ada for ever']);
    await expect(house.apply(deletion('ReadOnly'))).rejects.toThrow('did not make this account');
  });
});

describe('bind accounts', () => {
  test('get the password of the secret again where it does not open them, and are enabled', async () => {
    await house.apply(of());
    fake.directory.passwords.set('readonly', 'another');
    fake.directory.named('ReadOnly2')!.values.set('useraccountcontrol', ['514']);
    const { done } = await house.apply(of());
    expect(done).toEqual([
      'give ReadOnly the password of the bind secret',
      'enable ReadOnly2, with a password that does not end by age',
    ]);
    expect(fake.directory.passwords.get('readonly')).toBe('B1nd-canary-Passw0rd');
  });

  test('that exist are taken over only where the secret opens them', async () => {
    const put = () =>
      fake.directory.put(dn('ReadOnly'), {
        objectClass: ['user'],
        sAMAccountName: ['ReadOnly'],
        userAccountControl: ['512'],
        pwdLastSet: ['1'],
      });
    put();
    fake.directory.passwords.set('readonly', 'another');
    expect((await house.plan(of())).problems).toEqual([expect.stringContaining('ReadOnly: exists')]);
    fake.directory.passwords.set('readonly', 'B1nd-canary-Passw0rd');
    expect((await house.apply(of())).done).toContain('take over ReadOnly, which the bind secret opens');
  });

  test('take AES alone, have no service name, and are in a group of their own', async () => {
    await house.apply(of());
    const members = fake.directory.named('podlaunch-bind')!.values.get('member');
    expect(members).toEqual([dn('ReadOnly'), dn('ReadOnly2')]);
    for (const { values } of ['ReadOnly', 'ReadOnly2'].map((name) => fake.directory.named(name)!)) {
      // 128 and 256 bits (MS-KILE 2.2.7).
      expect(values.get('msds-supportedencryptiontypes')).toEqual(['24']);
      expect(values.has('serviceprincipalname')).toBe(false);
    }
  });

  test('a secret cannot name another account', async () => {
    house.secret = { bindDn: ADMIN, password: 'chosen' };
    await house.apply(of());
    expect(fake.directory.passwords.get('admin')).toBe('Adm1n-canary-Passw0rd');
    expect([...fake.directory.passwords.values()]).not.toContain('chosen');
  });

  test.each(['ReadOnly', 'readonly2'])('%s is nobody’s name', async (name) => {
    await expect(house.plan(of({ name }))).rejects.toThrow('is that of an account of the stack');
  });
});
