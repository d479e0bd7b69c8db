import { resource } from '../base/examples.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';
import { TYPES } from '../base/urls.ts';

const VPC_ID = 'VpcId: vpc-0123456789abcdef0';
const cluster = (...lines: readonly string[]): string =>
  resource(
    'AWS::SageMaker::Cluster',
    ...['InstanceGroups:', '  - InstanceGroupName: workers', '    InstanceCount: 1', '    InstanceType: ml.c5.large'],
    ...['    ExecutionRole: arn:aws:iam::111122223333:role/a', ...lines.map((line) => `    ${line}`)],
    ...['    LifeCycleConfig:', '      SourceS3Uri: s3://sagemaker-a/b', '      OnCreate: on_create.sh'],
  );
const subnet = (...lines: readonly string[]): string => resource('AWS::EC2::Subnet', ...lines);

/** Ids of resources that exist already, against the formats of the schemas. */
export const ID_RULES: readonly Rule[] = [
  {
    code: 'E1150',
    name: 'security-group-id',
    message: 'The text is not a security group id.',
    why: RESOURCE_REFUSED,
    fix: 'Write an id such as sg-0123456789abcdef0, or refer to a resource.',
    url: TYPES,
    bad: [resource('AWS::EC2::SecurityGroupEgress', 'GroupId: web # <-', 'IpProtocol: tcp', 'CidrIp: 10.0.0.0/8')],
    good: [
      resource(
        'AWS::EC2::SecurityGroupEgress',
        'GroupId: sg-0123456789abcdef0',
        'IpProtocol: tcp',
        'FromPort: 443',
        'ToPort: 443',
        'CidrIp: 10.0.0.0/8',
      ),
    ],
    by: 'schema',
  },
  {
    code: 'E1151',
    name: 'vpc-id',
    message: 'The text is not a VPC id.',
    why: RESOURCE_REFUSED,
    fix: 'Write an id such as vpc-0123456789abcdef0, or refer to a resource.',
    url: TYPES,
    bad: [subnet('VpcId: vpc-1 # <-', 'CidrBlock: 10.0.0.0/24')],
    good: [subnet(VPC_ID, 'CidrBlock: 10.0.0.0/24')],
    by: 'schema',
  },
  {
    code: 'E1152',
    name: 'image-id',
    message: 'The text is not an image id.',
    why: RESOURCE_REFUSED,
    fix: 'Write an id such as ami-0123456789abcdef0.',
    url: TYPES,
    bad: [cluster('ImageId: ubuntu # <-')],
    good: [cluster('ImageId: ami-0123456789abcdef0')],
    by: 'schema',
  },
  {
    code: 'E1154',
    name: 'subnet-id',
    message: 'The text is not a subnet id.',
    why: RESOURCE_REFUSED,
    fix: 'Write an id such as subnet-0123456789abcdef0, or refer to a resource.',
    url: TYPES,
    bad: [
      resource(
        'AWS::EC2::SubnetRouteTableAssociation',
        'SubnetId: private # <-',
        'RouteTableId: rtb-0123456789abcdef0',
      ),
    ],
    good: [
      resource(
        'AWS::EC2::SubnetRouteTableAssociation',
        'SubnetId: subnet-0123456789abcdef0',
        'RouteTableId: rtb-0123456789abcdef0',
      ),
    ],
    by: 'schema',
  },
];
