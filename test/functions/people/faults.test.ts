import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeDirectory, ROOT } from './fake/directory.ts';
import { FakeHouse } from './fake/house.ts';
import { newSshKey } from './fake/keys.ts';
import { type FakeServer, type Fault, type Seen, startFakeServer } from './fake/server.ts';

let fake: FakeServer;
let house: FakeHouse;
beforeEach(async () => {
  fake = await startFakeServer();
  house = new FakeHouse(fake);
});
afterEach(() => fake.stop());

const [K1, K2, K3] = [newSshKey(), newSshKey(), newSshKey()] as const;
const BEFORE = {
  document: {
    groups: ['ClusterDev', 'Old'],
    people: [
      { name: 'bob', groups: ['Old'], keys: [K2] },
      { name: 'eve', groups: ['ClusterDev'], keys: [K3] },
    ],
  },
};
const AFTER = {
  document: {
    groups: ['ClusterAdmin', 'ClusterDev'],
    people: [
      { name: 'ada', groups: ['ClusterAdmin', 'ClusterDev'], keys: [K1] },
      { name: 'bob', groups: ['ClusterDev'], keys: [K1, K3] },
      { name: 'max', state: 'disabled' },
    ],
  },
};

/** What the directory has in the end, without what differs from run to run. */
const shown = (directory: FakeDirectory) =>
  [...directory.entries.values()]
    .filter(({ dn }) => !dn.includes('lock'))
    .map(({ dn, values }) => [
      dn,
      ...[...values]
        .filter(([name]) => name !== 'pwdlastset')
        .map(([name, list]) => `${name}=${list.toSorted()}`)
        .toSorted(),
    ])
    .toSorted();

const isWrite = ({ operation }: Seen) => ['add', 'modify', 'delete'].includes(operation);

/** Breaks the n-th write, or the n-th setting of a password, of a run. Gives whether there were so many. */
async function breakAt(count: number, fault: Fault): Promise<boolean> {
  let left = count;
  const strike = () => --left === 0;
  fake.fault = (seen) => (isWrite(seen) && strike() ? fault : undefined);
  house.beforePassword = () => {
    if (strike()) throw new Error('killed');
  };
  const ended = await house.apply(AFTER).then(
    () => true,
    () => false,
  );
  fake.fault = () => undefined;
  house.beforePassword = () => {};
  // The one that was killed cannot free its lock, which ends by itself: the directory's clock goes on.
  const late = fake.directory.now() + 100_000;
  fake.directory.now = () => late;
  // The very last write frees the lock: without it the run has ended well.
  const isStruck = left <= 0;
  expect(ended || isStruck).toBe(true);
  return isStruck;
}

describe.each(['broken', 'lost'] as const)('a run whose connection is %s', (fault) => {
  test('at any step, and then another run, end as one run does', async () => {
    const undisturbed = new FakeHouse(await startFakeServer());
    await undisturbed.apply(BEFORE);
    await undisturbed.apply(AFTER);
    await undisturbed.fake.stop();
    const expected = shown(undisturbed.fake.directory);

    let steps = 0;
    for (let count = 1, more = true; more; count++) {
      fake.directory.entries.clear();
      for (const [dn, entry] of new FakeDirectory().entries) fake.directory.entries.set(dn, entry);
      for (const name of fake.directory.passwords.keys()) if (name !== 'admin') fake.directory.passwords.delete(name);
      await house.apply(BEFORE);
      more = await breakAt(count, fault);
      // Whoever asks for a plan first is told that something is left: no words would mean nothing to do.
      const isLeft = JSON.stringify(shown(fake.directory)) !== JSON.stringify(expected);
      const { acts } = await house.plan(AFTER);
      expect([count, acts.flatMap(({ words }) => words).length > 0]).toEqual([count, isLeft]);
      await house.apply(AFTER);
      expect([count, shown(fake.directory)]).toEqual([count, expected]);
      steps = count;
    }
    // Lock, six kinds of acts, passwords, the lock again: fewer would mean that something was not broken.
    expect(steps).toBeGreaterThan(10);
  });
});

test('a connection that breaks while the directory is read is one failure, and none that nobody catches', async () => {
  const uncaught: unknown[] = [];
  const note = (cause: unknown) => uncaught.push(cause);
  process.on('unhandledRejection', note);
  fake.fault = ({ operation, dn }) => (operation === 'search' && dn === ROOT ? 'broken' : undefined);
  await expect(house.plan(AFTER)).rejects.toThrow('LDAP: the connection was closed');
  await new Promise((done) => setImmediate(done));
  process.off('unhandledRejection', note);
  expect(uncaught).toEqual([]);
});

describe('two runs at once', () => {
  test('do everything once, one after the other', async () => {
    const ends = await Promise.all([1, 2, 3, 4].map(() => house.apply(AFTER, 20_000)));
    expect(ends.filter(({ done }) => done.length > 0)).toHaveLength(1);
    const names = [...fake.directory.entries.values()].flatMap(({ values }) => values.get('samaccountname') ?? []);
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
    expect((await house.plan(AFTER)).acts).toEqual([]);
  });

  test('lose none of two edits', async () => {
    const add = (name: string) => ({ edits: [{ edit: 'add', name, groups: ['ClusterDev'], keys: [] }] }) as const;
    await Promise.all(['ada', 'bob', 'eve'].map((name) => house.apply(add(name), 20_000)));
    expect(fake.directory.find(`CN=ClusterDev,OU=Groups,${ROOT}`).values.get('member')).toHaveLength(3);
  });

  test('the second says so where the first does not end', async () => {
    await house.apply(BEFORE);
    const far = String(fake.directory.now() + 60_000);
    fake.directory.find(`CN=podlaunch-lock,${ROOT}`).values.set('admindescription', [`other ${far}`]);
    await expect(house.apply(AFTER)).rejects.toThrow('Another run is changing people');
    expect(fake.directory.named('ada')).toBeUndefined();
  });
});

describe('the primary controller', () => {
  test('is the one that everything is written to', async () => {
    let connection = 0;
    fake.next = () => 1 + (connection++ % 2);
    await house.apply(AFTER);
    await house.apply(BEFORE);
    expect(fake.seen.filter(isWrite).map(({ controller }) => controller)).not.toContain(2);
    expect(connection).toBeGreaterThan(3);
  });

  test('that is never reached is said', async () => {
    fake.next = () => 2;
    await expect(house.apply(AFTER)).rejects.toThrow('never led to the primary domain controller');
  });
});

describe('Admin', () => {
  test('whose password has expired gets the same one again', async () => {
    fake.directory.refusals.set('admin', '532');
    await house.apply(AFTER);
    expect(house.adminResets).toBe(1);
  });

  test.each([
    ['775', 'it is locked'],
    ['773', 'its password must be changed'],
    ['701', 'it has expired'],
    ['533', 'it is disabled'],
  ])('refused for %s is left alone, in words', async (data, words) => {
    fake.directory.refusals.set('admin', data);
    await expect(house.apply(AFTER)).rejects.toThrow(`The directory refuses Admin: ${words}. Nothing was changed.`);
    expect(house.adminResets).toBe(0);
  });

  test('with another password is left alone too', async () => {
    fake.directory.passwords.set('admin', 'chosen after an incident');
    await expect(house.apply(AFTER)).rejects.toThrow('the password is wrong');
    expect(house.adminResets).toBe(0);
  });
});

test('a load balancer that does not answer is named, and one with another certificate', async () => {
  const other = await startFakeServer();
  const mixed = new FakeHouse({ ...fake, target: { ...fake.target, authority: other.target.authority } });
  await expect(mixed.apply(AFTER)).rejects.toThrow("The certificate of localhost is not the stack's");
  await other.stop();
  await expect(new FakeHouse(other).apply(AFTER)).rejects.toThrow('localhost does not answer on');
});

test('no password is in what a run says, plans or throws', async () => {
  const said = [JSON.stringify(await house.plan(AFTER)), JSON.stringify(await house.apply(AFTER))];
  fake.directory.refusals.set('admin', '533');
  said.push((await house.apply(AFTER).catch((thrown) => `${thrown}${(thrown as Error).stack}`)) as string);
  expect(said.join()).not.toContain('canary');
});
