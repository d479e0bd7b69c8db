import { afterEach, beforeEach, expect, test } from 'vitest';
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

const person = (name: string, ...groups: string[]) => ({ name, groups, keys: [newSshKey()] });
const document = (...people: object[]) => ({ document: { groups: ['ClusterAdmin', 'ClusterDev'], people } });

test('who becomes root of the cluster is told by name, and is in the answer', async () => {
  const asked = document(person('ada', 'ClusterAdmin'), person('bob', 'ClusterDev'));
  expect((await house.apply(asked)).administrators).toEqual(['ada (ClusterAdmin)']);
  expect(house.told).toEqual(['ada (ClusterAdmin)']);
});

test('who is root already, or is no more, is not told of', async () => {
  await house.apply(document(person('ada', 'ClusterAdmin')));
  house.told.length = 0;
  const again = await house.apply(document(person('ada', 'ClusterAdmin'), person('bob', 'ClusterDev')));
  const gone = await house.apply(document(person('bob', 'ClusterDev')));
  expect([again.administrators, gone.administrators, house.told]).toEqual([undefined, undefined, []]);
});

test('who was disabled in the group and comes back is told of again', async () => {
  const ada = person('ada', 'ClusterAdmin');
  await house.apply(document(ada));
  await house.apply(document({ ...ada, state: 'disabled' }));
  house.told.length = 0;
  expect((await house.apply(document(ada))).administrators).toEqual(['ada (ClusterAdmin)']);
  expect(house.told).toEqual(['ada (ClusterAdmin)']);
});

test('it is told before it is done: a run that is killed has told already', async () => {
  fake.fault = ({ operation, dn }) =>
    operation === 'modify' && dn.startsWith('CN=ClusterAdmin') ? 'broken' : undefined;
  await expect(house.apply(document(person('ada', 'ClusterAdmin')))).rejects.toThrow();
  expect(house.told).toEqual(['ada (ClusterAdmin)']);
});

test('a topic that is not reached keeps nobody from working; the answer says so', async () => {
  house.topicFault = 'The alarm topic was not told of new administrators (TimeoutError: 5 s).';
  const { done, notes } = await house.apply(document(person('ada', 'ClusterAdmin')));
  expect(done).toContain('put ada into ClusterAdmin, whose members are root of the cluster');
  expect(notes).toEqual([house.topicFault]);
});

test('a plan tells nobody', async () => {
  await house.plan(document(person('ada', 'ClusterAdmin')));
  expect(house.told).toEqual([]);
});
