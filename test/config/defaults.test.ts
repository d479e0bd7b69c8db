import { expect, test } from 'vitest';
import type { GivenConfig } from '../../src/config/config.ts';
import { DEFAULTS, withDefaults } from '../../src/config/defaults.ts';
import { validate } from '../../src/config/generated/validate-config.mjs';

test('what says nothing is the defaults, and they are a valid configuration', () => {
  expect(withDefaults({})).toEqual(DEFAULTS);
  expect(validate(DEFAULTS)).toBe(true);
});

test('a key that is given leaves its neighbours as they are', () => {
  const { cluster, storage } = withDefaults({ cluster: { controller: { disk: 20 } }, storage: { capacity: 2400 } });
  expect(cluster).toEqual({ ...DEFAULTS.cluster, controller: { ...DEFAULTS.cluster.controller, disk: 20 } });
  expect(storage).toEqual({ ...DEFAULTS.storage, capacity: 2400 });
});

test('a list takes the place of the default list, and its entries get the defaults of an entry', () => {
  const { directory, cluster } = withDefaults({
    directory: { groups: [{ name: 'A', logIn: [] }] },
    cluster: { workers: [{ name: 'b', type: 'ml.c5.large' }] },
  });
  expect(directory.groups).toEqual([{ name: 'A', logIn: [], sudo: false }]);
  expect(cluster.workers).toEqual([{ name: 'b', type: 'ml.c5.large', count: 1, disk: 0, partition: 'workers' }]);
});

test('null stays: no login nodes', () => {
  expect(withDefaults({ cluster: { login: null } }).cluster.login).toBeNull();
});

test('a key with the value undefined, as JavaScript may give it, counts as left out', () => {
  const given = { project: { name: undefined }, publish: { to: undefined }, nodes: undefined };
  expect(Object.entries(withDefaults(given as unknown as GivenConfig))).toEqual(Object.entries(DEFAULTS));
});

test('the types and the validator refuse the same', () => {
  // @ts-expect-error: an entry of workers needs its type
  expect(validate(withDefaults({ cluster: { workers: [{ name: 'b' }] } }))).toBe(false);
  // @ts-expect-error: there is no such key
  expect(validate(withDefaults({ storage: { size: 1200 } }))).toBe(false);
  // @ts-expect-error: not among the values that are possible
  expect(validate(withDefaults({ storage: { throughput: 300 } }))).toBe(false);
});

test('what has no default may be missing in the complete configuration, says the type', () => {
  // @ts-expect-error: it may be undefined
  expect(() => DEFAULTS.publish.to.length).toThrow(TypeError);
});
