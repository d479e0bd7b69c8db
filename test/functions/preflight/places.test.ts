import { describe, expect, test } from 'vitest';
import { found, GPU, group, WANTED } from './situation.ts';

const NETWORK = { vpcId: 'vpc-1', cidr: '10.0.0.0/16', subnets: ['subnet-1', 'subnet-2'] } as const;
const subnet = (id: string, zoneId: string, more: object = {}) => ({
  ...{ id, vpcId: 'vpc-1', zoneId, defaultRoute: 'nat-1', routeTableId: 'rtb-1' },
  ...more,
});
const vpc = (more: object = {}) => ({
  network: {
    known: {
      ...{ cidr: '10.0.0.0/16', tenancy: 'default', dnsSupport: true, dnsHostnames: true, endpoints: [] },
      subnets: [subnet('subnet-1', 'usw2-az2'), subnet('subnet-2', 'usw2-az1')],
      ...more,
    },
  },
});
const first = (more: object) =>
  vpc({ subnets: [subnet('subnet-1', 'usw2-az2', more), subnet('subnet-2', 'usw2-az1')] });
const endpoint = (service: string, more: object = {}) => ({
  ...{ service, kind: 'Interface', privateDns: true, routeTableIds: [] },
  ...more,
});
const S3 = endpoint('s3', { kind: 'Gateway', privateDns: false, routeTableIds: ['rtb-1'] });
const ENDPOINTS = [endpoint('secretsmanager'), endpoint('ds'), S3];

describe('a VPC that exists', () => {
  const inVpc = (facts: ReturnType<typeof vpc>) => found({ network: NETWORK, makesRoutes: false }, facts);

  test('that is fit has nothing said of it', () => {
    expect(inVpc(vpc())).toEqual([]);
  });

  test.each([
    [{ cidr: '10.1.0.0/16' }, 'The primary CIDR of vpc-1 is 10.1.0.0/16, not 10.0.0.0/16'],
    [{ tenancy: 'dedicated' }, 'vpc-1 has dedicated tenancy'],
    [{ dnsSupport: false }, 'aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-support'],
    [{ dnsHostnames: false }, 'aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-hostnames'],
    [{ subnets: [subnet('subnet-1', 'a', { vpcId: 'vpc-2' }), subnet('subnet-2', 'b')] }, 'subnet-1 is in vpc-2'],
    [{ subnets: [subnet('subnet-1', 'a'), subnet('subnet-2', 'a')] }, 'both in a: a directory needs two zones'],
  ])('with %j is refused', (more, words) => {
    const all = inVpc(vpc(more)).filter((text) => text.startsWith('refusal'));
    expect(all).toEqual([expect.stringContaining(words)]);
  });

  test('a subnet without a way: public, or with no route; endpoints are a way too', () => {
    expect(inVpc(first({ defaultRoute: 'igw-1' }))).toEqual([
      expect.stringMatching(
        /^refusal: subnet-1 has no way to secretsmanager, ds, s3: .*internet gateway.*NAT gateway[.]$/,
      ),
    ]);
    expect(inVpc(first({ defaultRoute: '' }))).toEqual([
      expect.stringContaining('the VPC endpoints of secretsmanager'),
    ]);
    const known = (endpoints: readonly object[]) => ({
      network: { known: { ...first({ defaultRoute: '' }).network.known, endpoints } },
    });
    expect(inVpc(known(ENDPOINTS) as never)).toEqual([]);
    expect(inVpc(known(ENDPOINTS.slice(1)) as never)).toEqual([expect.stringContaining('no way to secretsmanager.')]);
    // A gateway of another route table is none; an interface without private DNS is not found by its name.
    const useless = [
      endpoint('secretsmanager', { privateDns: false }),
      ENDPOINTS[1]!,
      { ...S3, routeTableIds: ['rtb-2'] },
    ];
    expect(inVpc(known(useless) as never)).toEqual([expect.stringContaining('no way to secretsmanager, s3.')]);
  });

  test('a way that nobody can look into is a warning', () => {
    expect(inVpc(first({ defaultRoute: 'tgw-1' }))).toEqual([
      'warning: Not known: whether subnet-1 reaches secretsmanager, ds, s3 through tgw-1.',
    ]);
  });

  test('routes that are made are a way, and count in the quotas; the VPC does not', () => {
    const full = { known: { vpcs: 9, internetGateways: 1, addresses: 5, natGateways: {} } };
    const facts = { ...first({ defaultRoute: '' }), use: full };
    expect(found({ network: NETWORK, makesRoutes: true }, facts)).toEqual([
      expect.stringContaining('5 of 5 elastic addresses'),
    ]);
  });

  test('a subnet that does not exist is not known', () => {
    expect(
      found({ network: NETWORK, makesRoutes: false }, { network: { unknown: 'InvalidSubnetID.NotFound' } }),
    ).toEqual(['warning: Not known: the network vpc-1 (InvalidSubnetID.NotFound).']);
  });
});

describe('zones', () => {
  test('a pair that is not there, or no pair, is refused', () => {
    expect(found({ zones: ['usw2-az1', 'usw2-az9'] })).toEqual([
      'refusal: usw2-az9: no such zone can be used in us-west-2. Choose two of usw2-az2, usw2-az1.',
    ]);
    expect(found({ zones: ['usw2-az1', 'usw2-az1'] })).toEqual([expect.stringContaining('must be two zones')]);
    expect(found({}, { zones: { known: [{ id: 'usw2-az2', name: 'us-west-2a' }] } })).toEqual([
      expect.stringContaining('fewer than two availability zones'),
    ]);
  });

  test("a type that EC2 does not have in the zone is a warning, for capacity is SageMaker's", () => {
    const offerings = { known: { 'g6e.12xlarge': ['usw2-az1'] } };
    expect(found({}, { offerings })).toEqual([
      `warning: The instances of worker (${GPU}) may not exist in usw2-az2: EC2 has it in usw2-az1.`,
    ]);
    expect(found({ zones: ['usw2-az1', 'usw2-az2'] }, { offerings })).toEqual([]);
  });
});

describe('training plans', () => {
  const plan = 'arn:aws:sagemaker:us-west-2:123456789012:training-plan/mine';
  const right = {
    ...{ status: 'Active', targets: ['hyperpod-cluster'], free: 2 },
    reserved: [{ type: GPU, zone: 'us-west-2a', zoneId: 'usw2-az2' }],
  };
  const withPlan = (more: object) => {
    const wanted = { cluster: { name: 'hyperpod', groups: [group({ plan })] } };
    return found(wanted, { plans: new Map([[plan, { known: { ...right, ...more } }]]) });
  };

  test('one that fits has nothing said of it', () => {
    expect(withPlan({})).toEqual([]);
  });

  test.each([
    [{ status: 'Expired' }, /^refusal: .*is Expired, neither Active nor Scheduled/],
    [{ status: 'Scheduled' }, /^warning: .*has not begun/],
    [{ targets: ['training-job'] }, /^refusal: .*is for training-job, not for a HyperPod cluster/],
    [{ free: 1 }, /^refusal: .*has 1 free instances; 2 more are asked for/],
    [{ reserved: [{ type: 'ml.p5.48xlarge', zone: '', zoneId: '' }] }, /^refusal: .*is for ml.p5.48xlarge, not for/],
    [
      { reserved: [{ type: GPU, zone: 'b', zoneId: 'usw2-az1' }] },
      /^refusal: .*is in usw2-az1, the cluster in usw2-az2/,
    ],
  ])('with %j', (more, words) => {
    expect(withPlan(more)).toEqual([expect.stringMatching(words)]);
  });
});

describe('a certificate that exists', () => {
  const certificateArn = 'arn:aws:acm:us-west-2:123456789012:certificate/1';
  const DAY = 86_400_000;
  const right = {
    ...{ status: 'ISSUED', names: ['ldaps.hyperpod.internal'], algorithm: 'EC_prime256v1' },
    ends: Date.UTC(2027, 10, 27),
  };
  const withCertificate = (more: object) =>
    found({ certificateArn }, { certificate: { known: { ...right, ...more } } });

  test.each([
    [{}, []],
    [{ names: ['*.hyperpod.internal'], algorithm: 'RSA-2048' }, []],
    [{ status: 'EXPIRED' }, [/^refusal: .*is EXPIRED/]],
    [{ names: ['ldaps.other.internal'] }, [/^refusal: .*for ldaps.other.internal, not for ldaps.hyperpod.internal/]],
    [{ algorithm: 'RSA-1024' }, [/^refusal: .*no certificate of RSA-1024/]],
    [{ ends: Date.UTC(2026, 10, 26) }, [/^refusal: The certificate has ended/]],
    [{ ends: Date.UTC(2026, 10, 27) + 3 * DAY }, [/^warning: The certificate ends in 3 days/]],
  ])('with %j', (more, words) => {
    expect(withCertificate(more)).toEqual(words.map((one) => expect.stringMatching(one)));
  });

  test('of another region is refused without a look at it', () => {
    const elsewhere = certificateArn.replace('us-west-2', 'us-east-1');
    expect(found({ certificateArn: elsewhere })).toEqual([expect.stringContaining('is in us-east-1')]);
  });
});

describe('names', () => {
  test("a cluster of the name is refused, but for the stack's own", () => {
    const clusters = { known: [{ name: 'hyperpod', groups: [] }] };
    expect(found({}, { clusters })).toEqual([expect.stringContaining('A cluster of the name hyperpod exists')]);
    expect(found({ before: WANTED.cluster }, { clusters })).toEqual([]);
  });

  test('a directory too many, or of the same name in the VPC', () => {
    const directories = (more: object) => ({ directories: { known: { limit: 20, used: 1, all: [], ...more } } });
    expect(found({}, directories({ used: 20 }))).toEqual([expect.stringMatching(/20 of 20.*limit "AWS Managed/)]);
    const same = directories({ all: [{ id: 'd-1', name: 'hyperpod.internal', vpcId: 'vpc-1' }] });
    expect(found({}, same)).toEqual([]);
    expect(found({ network: NETWORK, makesRoutes: false }, { ...same, ...vpc() })).toEqual([
      expect.stringContaining('d-1 in vpc-1 is called'),
    ]);
    const existing = { directory: { domain: 'hyperpod.internal', isMade: false } };
    expect(found(existing, directories({ used: 20 }))).toEqual([]);
  });

  test.each([
    ['us-west-2', 'https://us-west-2.console.aws.amazon.com/support/home'],
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/support/home'],
    ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/support/home'],
  ])('in %s a directory too many leads to the page of AWS Support there', (region, page) => {
    const directories = { known: { limit: 20, used: 20, all: [] } };
    expect(found({ region }, { directories })[0]).toContain(`: ${page}.`);
  });

  test('little concurrency is a warning with its quota', () => {
    expect(found({}, { concurrency: { known: 4 } })).toEqual([
      expect.stringMatching(/^warning: Lambda leaves 4 .*"Concurrent executions" \(L-B99A9384\)/),
    ]);
  });
});
