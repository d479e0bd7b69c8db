import { expect, test } from 'vitest';
import { knownInstanceTypes } from '../../src/aws/instance-types.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { configWarnings } from '../../src/config/warnings.ts';

const worker = DEFAULTS.cluster.workers[0]!;
const withWorker = (type: string) => ({
  ...DEFAULTS,
  cluster: { ...DEFAULTS.cluster, workers: [worker, { ...worker, name: 'more', type }] },
});

test('the types are as the API writes them, none twice', () => {
  const types = knownInstanceTypes();
  expect(types).toEqual(expect.arrayContaining(['ml.c5.large', 'ml.p5en.48xlarge', 'ml.p6-b300.48xlarge']));
  expect(new Set(types).size).toBe(types.length);
  for (const type of types) expect(type).toMatch(/^ml\.[a-z0-9-]+\.(?:medium|large|\d*xlarge)$/);
});

test.each([
  ['ml.p9.48xlarge', 'ml.p5.48xlarge'],
  ['ml.c5.4xlrge', 'ml.c5.4xlarge'],
  ['ml.trn2.84xlarge', 'ml.trn2.48xlarge'],
])('%s is a warning with the nearest type', (type, near) => {
  const found = configWarnings(withWorker(type));
  expect(found).toMatchObject([{ code: 'PL1018', severity: 'warning', path: ['cluster', 'workers', 1, 'type'] }]);
  expect(found[0]?.message).toContain(type);
  expect(found[0]?.hint).toContain(`Did you mean ${near}?`);
});

test('a type that is known, and a cluster without login nodes, give no warning', () => {
  expect(configWarnings(withWorker('ml.p5en.48xlarge'))).toEqual([]);
  expect(configWarnings({ ...DEFAULTS, cluster: { ...DEFAULTS.cluster, login: null } })).toEqual([]);
});

test('a region that is not known is a warning with the nearest; with another endpoint any name is right', () => {
  const inRegion = (region: string, more: object = {}) => ({
    ...DEFAULTS,
    publish: { ...DEFAULTS.publish, region, ...more },
  });
  expect(configWarnings(inRegion('us-west-9'))).toMatchObject([
    {
      code: 'PL1019',
      severity: 'warning',
      path: ['publish', 'region'],
      hint: expect.stringContaining('Did you mean us-west-'),
    },
  ]);
  expect(configWarnings(inRegion('eu-central-1'))).toEqual([]);
  expect(configWarnings(inRegion('garage', { endpointUrl: 'http://127.0.0.1:3900' }))).toEqual([]);
});
