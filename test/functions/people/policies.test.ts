import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UNCHANGED_POLICY } from '../../../src/functions/people/plan/plan-policies.ts';
import { BASE, POLICIES, Refused, ROOT } from './fake/directory.ts';
import { FakeHouse } from './fake/house.ts';
import { type FakeServer, startFakeServer } from './fake/server.ts';

let fake: FakeServer;
let house: FakeHouse;
beforeEach(async () => {
  fake = await startFakeServer();
  house = new FakeHouse(fake);
  // As AWS makes them.
  for (const number of [3, 1, 5, 2, 4]) {
    const values = {
      ...UNCHANGED_POLICY,
      'msDS-PasswordSettingsPrecedence': `${number}0`,
      cn: `CustomerPSO-0${number}`,
    };
    const entries = Object.entries(values).map(([name, value]) => [name, [value]] as const);
    fake.directory.put(pso(number), { objectClass: ['msDS-PasswordSettings'], ...Object.fromEntries(entries) });
  }
});
afterEach(() => fake.stop());

const pso = (number: number) => `CN=CustomerPSO-0${number},${POLICIES}`;
const settingOf = (number: number, name: string) => fake.directory.find(pso(number)).values.get(name.toLowerCase());
const set = (number: number, name: string, value: string) =>
  fake.directory.find(pso(number)).values.set(name.toLowerCase(), [value]);
const group = (name: string) => `CN=${name},OU=Groups,${ROOT}`;
const document = (...groups: string[]) => ({ document: { groups, people: [] } });
const snapshot = () => [1, 2, 3, 4, 5].map((number) => JSON.stringify([...fake.directory.find(pso(number)).values]));
const APPLIES = 'msDS-PSOAppliesTo';

describe('policies of passwords', () => {
  test('bind accounts cannot be locked, and get the lower number; people can, and passwords are longer', async () => {
    const { done } = await house.apply(document('ClusterAdmin', 'ClusterDev'));
    expect(done).toEqual(
      expect.arrayContaining([
        'let the password policy CustomerPSO-01 apply to the accounts that nodes search with',
        'let the password policy CustomerPSO-02 apply to people',
      ]),
    );
    expect(settingOf(1, APPLIES)).toEqual([group('podlaunch-bind')]);
    expect(settingOf(1, 'msDS-LockoutThreshold')).toEqual(['0']);
    expect(settingOf(1, 'msDS-MaximumPasswordAge')).toEqual(['-9223372036854775808']);
    expect(settingOf(2, APPLIES)).toEqual([group('ClusterAdmin'), group('ClusterDev')]);
    expect(settingOf(2, 'msDS-MinimumPasswordLength')).toEqual(['14']);
    expect(settingOf(2, 'msDS-LockoutThreshold')).toEqual(['10']);
    expect(settingOf(2, 'msDS-LockoutDuration')).toEqual(['-9000000000']);
    expect(await house.plan(document('ClusterAdmin', 'ClusterDev'))).toEqual({ acts: [], problems: [], notes: [] });
  });

  test('are there before a bind account has a password, which enables it', async () => {
    const at: string[] = [];
    house.beforePassword = () => void at.push(String(settingOf(1, APPLIES)));
    await house.apply(document());
    expect(new Set(at)).toEqual(new Set([group('podlaunch-bind')]));
  });

  test('a group that comes later comes under the one that people have', async () => {
    await house.apply(document('ClusterDev'));
    await house.apply(document('ClusterDev', 'Physics'));
    expect(settingOf(2, APPLIES)).toEqual([group('ClusterDev'), group('Physics')]);
    expect(settingOf(3, APPLIES)).toBeUndefined();
  });

  test('people get none where that is not wanted', async () => {
    house.peoplePolicy = false;
    await house.apply(document('ClusterDev'));
    expect([1, 2].map((number) => settingOf(number, APPLIES)?.length)).toEqual([1, undefined]);
  });
});

describe('in a directory that others use', () => {
  test('a policy that applies to anybody, or differs from its default, is never changed', async () => {
    set(1, APPLIES, `CN=Staff,OU=Groups,${ROOT}`);
    set(2, 'msDS-MinimumPasswordLength', '9');
    set(4, 'msDS-LockoutThreshold', '5');
    const before = snapshot();
    await house.apply(document('ClusterDev'));
    const after = snapshot();
    expect([0, 1, 3].map((index) => after[index])).toEqual([0, 1, 3].map((index) => before[index]));
    expect(settingOf(3, APPLIES)).toEqual([group('podlaunch-bind')]);
    expect(settingOf(5, APPLIES)).toEqual([group('ClusterDev')]);
  });

  test('without a free one nothing is changed, and a note says so', async () => {
    for (const number of [1, 2, 3, 4, 5]) set(number, 'msDS-PasswordHistoryLength', '12');
    const before = snapshot();
    const { notes } = await house.apply(document('ClusterDev'));
    expect(snapshot()).toEqual(before);
    expect(notes).toEqual([
      'No password policy is free for the accounts that nodes search with: all were changed, or apply to others.',
      'No password policy is free for people: all were changed, or apply to others.',
    ]);
  });

  test.each([
    ['was changed after podlaunch', () => set(2, 'msDS-LockoutThreshold', '3')],
    [
      'applies to others, too',
      () => fake.directory.find(pso(2)).values.get(APPLIES.toLowerCase())!.push(`CN=Staff,${BASE}`),
    ],
  ])('the one of people that %s stays as it is', async (_, change) => {
    await house.apply(document('ClusterDev'));
    change();
    const before = snapshot();
    const { notes } = await house.apply(document('ClusterDev', 'Physics'));
    expect(snapshot()).toEqual(before);
    expect(notes).toEqual(["The password policy CustomerPSO-02 is not podlaunch's; it stays in force for people."]);
  });

  test('an Admin who may not change them makes people all the same, and a note says so', async () => {
    const modify = fake.directory.modify.bind(fake.directory);
    fake.directory.modify = (dn, changes) => {
      if (dn.endsWith(POLICIES)) throw new Refused(50, '00002098: SecErr: INSUFF_ACCESS_RIGHTS');
      modify(dn, changes);
    };
    const { done, notes } = await house.apply(document('ClusterDev'));
    expect(done.filter((words) => words.includes('policy'))).toEqual([]);
    expect(notes).toEqual([
      'Admin may not let the password policy CustomerPSO-01 apply to the accounts that nodes search with: it is left out.',
      'Admin may not let the password policy CustomerPSO-02 apply to people: it is left out.',
    ]);
    expect(fake.directory.named('ClusterDev')).toBeDefined();
  });
});
