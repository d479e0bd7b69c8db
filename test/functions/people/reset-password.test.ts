import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN, BASE, ROOT } from './fake/directory.ts';
import { FakeHouse } from './fake/house.ts';
import { newSshKey } from './fake/keys.ts';
import { type FakeServer, startFakeServer } from './fake/server.ts';

let fake: FakeServer;
let house: FakeHouse;
let handedOver: string[];
beforeEach(async () => {
  fake = await startFakeServer();
  house = new FakeHouse(fake);
  handedOver = [];
  house.beforeHandOver = (password) => void handedOver.push(password);
  const people = [{ name: 'ada', groups: ['ClusterDev'], keys: [newSshKey()] }];
  await house.apply({ document: { groups: ['ClusterDev'], people } });
});
afterEach(() => fake.stop());

const reader = 'arn:aws:iam::111122223333:role/team/Ada';
const reset = (name: string) => house.resetPassword({ name, reader });
const passwords = () => new Map(fake.directory.passwords);

test('a person gets the password that was handed over, and the answer does not have it', async () => {
  const answer = await reset('ada');
  expect(handedOver).toEqual([fake.directory.passwords.get('ada')]);
  expect(JSON.stringify(answer)).not.toContain('canary');
});

describe('nobody else gets another password', () => {
  const put = (name: string, values: Readonly<Record<string, readonly string[]>>) =>
    fake.directory.put(`CN=${name},OU=Users,${ROOT}`, {
      ...{ objectClass: ['user'], sAMAccountName: [name], userAccountControl: ['512'], pwdLastSet: ['1'] },
      ...values,
    });

  test.each(['Admin', 'admin', 'ReadOnly', 'ReadOnly2', 'readonly2', 'krbtgt', 'stranger', 'boss', 'pc1', 'nobody1'])(
    '%s',
    async (name) => {
      put('stranger', {});
      put('boss', { adminDescription: ['podlaunch:1'], adminCount: ['1'] });
      put('pc1', { objectClass: ['user', 'computer'], adminDescription: ['podlaunch:1'] });
      fake.directory.put(`CN=krbtgt,CN=Users,${BASE}`, { objectClass: ['user'], sAMAccountName: ['krbtgt'] });
      expect(fake.directory.find(ADMIN)).toBeDefined();
      const before = passwords();
      await expect(reset(name)).rejects.toThrow(/is not one of podlaunch's people|^The name/);
      expect([passwords(), handedOver]).toEqual([before, []]);
    },
  );

  test('who is disabled: a new password would enable them', async () => {
    await house.apply({ edits: [{ edit: 'remove', name: 'ada' }] });
    await expect(reset('ada')).rejects.toThrow('Enable ada first');
    expect(fake.directory.named('ada')!.values.get('useraccountcontrol')).toEqual(['514']);
  });

  test.each(['*', 'arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:role/*', 'role/Ada', `${reader}"`])(
    'for the reader %s',
    async (other) => {
      await expect(house.resetPassword({ name: 'ada', reader: other })).rejects.toThrow('must be the ARN of a role');
      expect(handedOver).toEqual([]);
    },
  );
});

test('the one of before is in force until the new one can be read', async () => {
  const before = passwords();
  house.beforeHandOver = () => {
    throw new Error('killed');
  };
  await expect(reset('ada')).rejects.toThrow('killed');
  expect(passwords()).toEqual(before);
  house.beforeHandOver = () => {};
  expect(await reset('ada')).toMatchObject({ readableUntil: expect.any(String) });
});

test('nobody is removed between the look at an account and its new password, which would enable it again', async () => {
  let other = '';
  house.beforeHandOver = async () => {
    other = await house.apply({ edits: [{ edit: 'remove', name: 'ada' }] }).then(
      () => 'done',
      (thrown: Error) => thrown.message,
    );
  };
  await reset('ada');
  expect(other).toContain('Another run is changing people');
});
