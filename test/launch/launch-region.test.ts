import { expect, test } from 'vitest';
import { checkedRegions } from '../../src/launch/launch-region.ts';
import { codesOf } from '../support/refused.ts';

test("the bucket's where none is given; each once", () => {
  expect(checkedRegions(undefined, 'us-west-2')).toEqual(['us-west-2']);
  expect(checkedRegions(['eu-west-1', 'us-east-1', 'eu-west-1'], 'us-west-2')).toEqual(['eu-west-1', 'us-east-1']);
});

test.each(['us-west', 'US-WEST-2', '', 'us-west-2 ', 'us-iso-east-1', 'us-est-1', 'eu-west-9'])(
  'not a region: %j',
  (region) => {
    expect(codesOf(() => checkedRegions([region], 'us-west-2'))).toEqual(['PL5002']);
    expect(codesOf(() => checkedRegions(['us-west-2'], region))).toEqual(['PL5002']);
  },
);

test.each([
  ['us-west-2', 'cn-north-1'],
  ['us-west-2', 'us-gov-west-1'],
  ['cn-north-1', 'us-gov-west-1'],
  ['us-gov-west-1', 'us-west-1'],
  ['eu-central-1', 'eusc-de-east-1'],
])('a bucket in %s for a launch in %s', (bucketRegion, region) => {
  expect(codesOf(() => checkedRegions([region], bucketRegion))).toEqual(['PL5003']);
});
