import { describe, expect, test } from 'vitest';
import { found, GPU, group, NAMES, quotasOf, WANTED } from './situation.ts';

const cluster = (...groups: readonly Parameters<typeof group>[0][]) => ({
  name: 'hyperpod',
  groups: groups.map((one) => group(one)),
});
const other = (count: number, capacity: 'OnDemand' | 'Spot' = 'OnDemand') => ({
  known: [{ name: 'other', groups: [{ type: GPU, count, capacity }] }],
});
const quotas = (type: number) =>
  quotasOf([NAMES.type, type, 'L-A15DF696'], [NAMES.total, 30], [NAMES.perCluster, 20], [NAMES.disk, 1024]);

test('a launch that fits in has nothing said of it', () => {
  expect(found()).toEqual([]);
});

describe('instances', () => {
  test('a type without a quota: the refusal has its name, code, need and page', () => {
    expect(found({}, { instanceQuotas: quotas(0) })).toEqual([
      `refusal: ${NAMES.type}: 2 more asked for, 0 free of 0. Ask for more of the quota "${NAMES.type}" (L-A15DF696): https://us-west-2.console.aws.amazon.com/servicequotas/home/services/sagemaker/quotas/L-A15DF696, at least 2.`,
    ]);
  });

  test('what all clusters use is not free', () => {
    expect(found({}, { clusters: other(1) })).toEqual([expect.stringContaining('1 free of 2')]);
    expect(found({}, { clusters: other(1), instanceQuotas: quotas(3) })).toEqual([]);
  });

  test('groups of one type count together', () => {
    const two = cluster({ count: 1 }, { name: 'more', count: 2 });
    expect(found({ cluster: two })).toEqual([expect.stringContaining('3 more asked for, 2 free of 2')]);
  });

  test('Spot has quotas of its own, and what is on demand does not count there', () => {
    const spot = { cluster: cluster({ capacity: 'Spot' }) };
    const own = quotasOf([NAMES.spot, 2], [NAMES.spotTotal, 0], [NAMES.perCluster, 20], [NAMES.disk, 1024]);
    expect(found(spot, { instanceQuotas: own, clusters: other(9) })).toEqual([
      expect.stringMatching(/^refusal: Total number of Spot .*: 2 more asked for, 0 free of 0/),
    ]);
  });

  test('an update asks only for its increase, however full the quota is', () => {
    const own = { known: [{ name: 'hyperpod', groups: [{ type: GPU, count: 2, capacity: 'OnDemand' as const }] }] };
    const before = cluster({ count: 2 });
    expect(found({ before }, { clusters: own })).toEqual([]);
    expect(found({ before, cluster: cluster({ count: 1 }) }, { clusters: own })).toEqual([]);
    expect(found({ before, cluster: cluster({ count: 3 }) }, { clusters: own })).toEqual([
      expect.stringMatching(/1 more asked for, 0 free of 2.*at least 3[.]$/),
    ]);
    // Another name is another cluster, beside the one that is there.
    const renamed = { name: 'second', groups: before.groups };
    expect(found({ before, cluster: renamed }, { clusters: own })).toEqual([
      expect.stringContaining('2 more asked for'),
    ]);
  });

  test('the most of a cluster, of all clusters and of a disk', () => {
    const many = { cluster: cluster({ count: 25, disk: 2000 }) };
    const all = found(many, { instanceQuotas: quotas(100) });
    expect(all).toEqual([
      expect.stringMatching(/^refusal: The cluster is to have 25 instances, more than 20[.]/),
      expect.stringMatching(/^refusal: The disks of worker are to have 2000 GiB, more than 1024[.]/),
    ]);
    const total = found({ cluster: cluster({ count: 20 }) }, { instanceQuotas: quotas(100), clusters: other(15) });
    expect(total).toEqual([expect.stringMatching(/^refusal: Total number .*: 20 more asked for, 15 free of 30/)]);
  });

  test('instances of a training plan may not count: no reason to refuse', () => {
    const plan = 'arn:aws:sagemaker:us-west-2:123456789012:training-plan/mine';
    const plans = new Map([
      [
        plan,
        {
          known: {
            status: 'Active',
            targets: ['hyperpod-cluster'],
            free: 2,
            reserved: [{ type: GPU, zone: 'us-west-2a', zoneId: 'usw2-az2' }],
          },
        },
      ],
    ]);
    expect(found({ cluster: cluster({ plan }) }, { plans, instanceQuotas: quotas(0) })).toEqual([
      expect.stringMatching(/^warning: .*0 free of 0.*training plan[.]$/),
    ]);
  });

  test('what is not known is a warning: no list, no such quota, no look at other clusters', () => {
    expect(found({}, { instanceQuotas: { unknown: 'AccessDenied' } })).toEqual([
      'warning: Not known: the quotas of SageMaker HyperPod (AccessDenied).',
    ]);
    expect(found({ cluster: cluster({ type: 'ml.new.large' }) }, { offerings: { unknown: 'Busy' } })).toEqual([
      expect.stringMatching(/^warning: AWS lists no quota "ml.new.large for cluster usage" in us-west-2/),
      'warning: Not known: which instance types the zone has (Busy).',
    ]);
    // A quota of none is refused all the same.
    expect(found({}, { instanceQuotas: quotas(0), clusters: { unknown: 'Busy' } })).toEqual([
      expect.stringMatching(/^refusal: .*0 free of 0/),
      'warning: Not known: what other clusters use of the quotas (Busy).',
      'warning: Not known: whether the name of the cluster is free (Busy).',
    ]);
  });
});

describe('a new network', () => {
  const use = (more: object) => ({
    use: { known: { vpcs: 1, internetGateways: 1, addresses: 0, natGateways: {}, ...more } },
  });

  test.each([
    [{ vpcs: 5 }, 'VPCs per Region', 'vpc', 'L-F678F1CE'],
    [{ internetGateways: 5 }, 'Internet gateways per Region', 'vpc', 'L-A4707A72'],
    [{ addresses: 5 }, 'EC2-VPC Elastic IPs', 'ec2', 'L-0263D0A3'],
    [{ natGateways: { 'usw2-az2': 5 } }, 'NAT gateways per Availability Zone', 'vpc', 'L-FE5A380F'],
  ])('with %j there is no room, and the quota is named', (there, name, service, code) => {
    const page = `https://us-west-2.console.aws.amazon.com/servicequotas/home/services/${service}/quotas/${code}`;
    const [text, ...more] = found({}, use(there));
    expect(text).toMatch(/^refusal: The region has 5 of 5 /);
    expect(text).toContain(`Ask for more of the quota "${name}" (${code}): ${page}.`);
    expect(more).toEqual([]);
  });

  test('a bastion takes one address more', () => {
    expect(found({ addresses: 2 }, use({ addresses: 3 }))).toEqual([]);
    expect(found({ addresses: 2 }, use({ addresses: 4 }))[0]).toMatch(
      /^refusal: The region has 4 of 5 elastic addresses, and 2 are needed\. /,
    );
  });

  test('all findings come at once, refusals first', () => {
    const all = found({}, { ...use({ vpcs: 5, addresses: 5 }), instanceQuotas: quotas(0), concurrency: { known: 1 } });
    expect(all.map((text) => text.slice(0, 7))).toEqual(['refusal', 'refusal', 'refusal', 'warning']);
  });

  test('NAT gateways of another zone, an update and a network that exists do not matter', () => {
    expect(found({}, use({ natGateways: { 'usw2-az1': 5 } }))).toEqual([]);
    expect(found({ zones: ['usw2-az1', 'usw2-az2'] }, use({ natGateways: { 'usw2-az1': 5 } }))).toHaveLength(1);
    expect(found({ before: WANTED.cluster }, use({ vpcs: 5 }))).toEqual([]);
  });
});

test('the console of another partition is another host', () => {
  const region = 'us-gov-west-1';
  expect(found({ region }, { instanceQuotas: quotas(0) })[0]).toContain('https://console.amazonaws-us-gov.com/service');
});
