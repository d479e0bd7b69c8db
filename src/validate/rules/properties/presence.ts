import { resource } from '../base/examples.ts';
import { RESOURCE_REFUSED, TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';
import { TYPES } from '../base/urls.ts';

const VPC_ID = 'VpcId: vpc-0123456789abcdef0';
const vpc = (...lines: readonly string[]): string => resource('AWS::EC2::VPC', ...lines);
const cluster = (...lines: readonly string[]): string =>
  resource(
    'AWS::SageMaker::Cluster',
    ...['InstanceGroups:', '  - InstanceGroupName: workers', '    InstanceCount: 1', '    InstanceType: ml.c5.large'],
    ...['    ExecutionRole: arn:aws:iam::111122223333:role/a', ...lines.map((line) => `    ${line}`)],
    ...['    LifeCycleConfig:', '      SourceS3Uri: s3://sagemaker-a/b', '      OnCreate: on_create.sh'],
  );
const website = (line: string): string =>
  resource(
    'AWS::S3::Bucket',
    ...[
      'WebsiteConfiguration:',
      '  IndexDocument: index.html',
      '  RoutingRules:',
      '    - RedirectRule: { HostName: a }',
    ],
    `      ${line}`,
  );
const subnet = (...lines: readonly string[]): string => resource('AWS::EC2::Subnet', ...lines);

/** Which properties a resource has, against its type's schema. */
export const PRESENCE_RULES: readonly Rule[] = [
  {
    code: 'E3002',
    name: 'unknown-property',
    message: 'The type does not have this property.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the name.',
    url: TYPES,
    bad: [vpc('CidrBlok: 10.0.0.0/16 # <-'), vpc('CidrBlock: 10.0.0.0/16', 'Tags: [{ Key: a, Valeu: b }] # <-')],
    good: [vpc('CidrBlock: 10.0.0.0/16', 'Tags: [{ Key: a, Value: b }]')],
    by: 'schema',
  },
  {
    code: 'E3003',
    name: 'missing-property',
    message: 'A property that the type requires is missing.',
    why: TEMPLATE_REFUSED,
    fix: 'Add it.',
    url: TYPES,
    bad: [
      resource('AWS::SSM::Parameter', 'Type: String').replace('Properties:', 'Properties: # <-'),
      resource('Custom::Thing', 'A: b').replace('Properties:', 'Properties: # <-'),
    ],
    good: [
      resource('AWS::SSM::Parameter', 'Type: String', 'Value: a'),
      `Conditions: { Never: !Equals [a, b] }\n${resource('Custom::Thing').trimEnd()}\n    Condition: Never\n`,
      resource(
        'AWS::SSM::Parameter',
        'Type: String',
        'Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3://a/b.yaml } }',
      ),
    ],
    by: 'schema',
  },
  {
    code: 'E3040',
    name: 'read-only',
    message: 'The property is read-only: AWS sets it.',
    why: TEMPLATE_REFUSED,
    fix: 'Delete it.',
    url: TYPES,
    bad: [vpc('CidrBlock: 10.0.0.0/16', 'VpcId: vpc-0123456789abcdef0 # <-')],
    good: [vpc('CidrBlock: 10.0.0.0/16')],
    by: 'schema',
  },
  {
    code: 'E3014',
    name: 'exactly-one',
    message: 'Exactly one of several properties is needed.',
    why: RESOURCE_REFUSED,
    fix: 'Keep one of those that the message names.',
    url: TYPES,
    bad: [vpc('EnableDnsSupport: true').replace('Properties:', 'Properties: # <-')],
    good: [vpc('CidrBlock: 10.0.0.0/16')],
    by: 'schema',
  },
  {
    code: 'E3058',
    name: 'at-least-one',
    message: 'At least one of several properties is needed.',
    why: RESOURCE_REFUSED,
    fix: 'Add one of those that the message names.',
    url: TYPES,
    bad: [subnet(VPC_ID).replace('Properties:', 'Properties: # <-')],
    good: [subnet(VPC_ID, 'CidrBlock: 10.0.0.0/24')],
    by: 'schema',
  },
  {
    code: 'E3020',
    name: 'exclusive-properties',
    message: 'Two properties exclude each other.',
    why: RESOURCE_REFUSED,
    fix: 'Delete one.',
    url: TYPES,
    bad: [
      subnet(VPC_ID, 'CidrBlock: 10.0.0.0/24', 'AvailabilityZone: us-west-2a', 'AvailabilityZoneId: usw2-az1 # <-'),
    ],
    good: [subnet(VPC_ID, 'CidrBlock: 10.0.0.0/24', 'AvailabilityZoneId: usw2-az1')],
    by: 'schema',
  },
  {
    code: 'E3021',
    name: 'dependent-property',
    message: 'A property needs another one beside it.',
    why: RESOURCE_REFUSED,
    fix: 'Add the other.',
    url: TYPES,
    bad: [vpc('Ipv4IpamPoolId: ipam-pool-0123456789abcdef0').replace('Properties:', 'Properties: # <-')],
    good: [vpc('Ipv4IpamPoolId: ipam-pool-0123456789abcdef0', 'Ipv4NetmaskLength: 24')],
    by: 'schema',
  },
  {
    code: 'E3017',
    name: 'any-of',
    message: 'A value fits none of the forms that its place takes.',
    why: RESOURCE_REFUSED,
    fix: 'Compare it with the documentation of the property.',
    url: TYPES,
    bad: [website('RoutingRuleCondition: {} # <-')],
    good: [website('RoutingRuleCondition: { KeyPrefixEquals: old }')],
    by: 'schema',
  },
  {
    code: 'E3018',
    name: 'one-of',
    message: 'A value fits none of the forms that its place takes, or mixes several.',
    why: RESOURCE_REFUSED,
    fix: 'Keep to one form: the documentation of the property shows them.',
    url: TYPES,
    bad: [
      cluster(
        ...['InstanceStorageConfigs:', '  - EbsVolumeConfig: { VolumeSizeInGB: 500 } # <-'],
        '    FsxLustreConfig: { DnsName: fs-0123456789abcdef0.fsx.us-west-2.amazonaws.com, MountName: abcdefgh }',
      ),
    ],
    good: [cluster('InstanceStorageConfigs:', '  - EbsVolumeConfig: { VolumeSizeInGB: 500 }')],
    by: 'schema',
  },
];
