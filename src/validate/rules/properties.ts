import { resource } from './examples.ts';
import type { Rule } from './rule.ts';
import { TYPES } from './urls.ts';

const REFUSED = 'The service refuses the resource, and the stack rolls back.';
const VPC_ID = 'VpcId: vpc-0123456789abcdef0';
const vpc = (...lines: readonly string[]): string => resource('AWS::EC2::VPC', ...lines);
const alarm = (...lines: readonly string[]): string =>
  resource(
    'AWS::CloudWatch::Alarm',
    ...['ComparisonOperator: GreaterThanThreshold', 'EvaluationPeriods: 1', 'Threshold: 1', ...lines],
  );
const METRIC = ['MetricName: a', 'Namespace: b', 'Period: 60', 'Statistic: Sum'];
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
const endpoint = (...lines: readonly string[]): string =>
  resource('AWS::EC2::VPCEndpoint', VPC_ID, 'ServiceName: com.amazonaws.us-west-2.s3', ...lines);
const directory = (one: string, other: string): string =>
  resource(
    'AWS::DirectoryService::MicrosoftAD',
    ...['Name: corp.example.com', "Password: '{{resolve:secretsmanager:admin:SecretString:password}}'", 'VpcSettings:'],
    ...[`  ${VPC_ID}`, `  SubnetIds: [${one}, ${other}`],
  );
const subnet = (...lines: readonly string[]): string => resource('AWS::EC2::Subnet', ...lines);

/** Properties of resources, against the schemas of CloudFormation's registry. */
export const PROPERTY_RULES: readonly Rule[] = [
  {
    code: 'E3002',
    name: 'unknown-property',
    message: 'The type does not have this property.',
    why: 'CloudFormation refuses the template.',
    fix: 'Correct the name.',
    url: TYPES,
    bad: [vpc('CidrBlok: 10.0.0.0/16 # <-'), vpc('CidrBlock: 10.0.0.0/16', 'Tags: [{ Key: a, Valeu: b }] # <-')],
    good: [vpc('CidrBlock: 10.0.0.0/16', 'Tags: [{ Key: a, Value: b }]')],
  },
  {
    code: 'E3003',
    name: 'missing-property',
    message: 'A property that the type requires is missing.',
    why: 'CloudFormation refuses the template.',
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
  },
  {
    code: 'E3012',
    name: 'wrong-type',
    message: 'A value has the wrong type: text, number, true or false, list or mapping.',
    why: 'CloudFormation refuses the template.',
    fix: 'Write a value of the type that the message names.',
    url: TYPES,
    bad: [
      vpc('CidrBlock: 10.0.0.0/16', 'EnableDnsSupport: maybe # <-'),
      vpc('CidrBlock: 10.0.0.0/16', 'Tags: { Key: a, Value: b } # <-'),
    ],
    good: [vpc('CidrBlock: 10.0.0.0/16', 'EnableDnsSupport: true', 'Tags: [{ Key: a, Value: b }]')],
  },
  {
    code: 'E3014',
    name: 'exactly-one',
    message: 'Exactly one of several properties is needed.',
    why: REFUSED,
    fix: 'Keep one of those that the message names.',
    url: TYPES,
    bad: [vpc('EnableDnsSupport: true').replace('Properties:', 'Properties: # <-')],
    good: [vpc('CidrBlock: 10.0.0.0/16')],
  },
  {
    code: 'E3017',
    name: 'any-of',
    message: 'A value fits none of the forms that its place takes.',
    why: REFUSED,
    fix: 'Compare it with the documentation of the property.',
    url: TYPES,
    bad: [website('RoutingRuleCondition: {} # <-')],
    good: [website('RoutingRuleCondition: { KeyPrefixEquals: old }')],
  },
  {
    code: 'E3018',
    name: 'one-of',
    message: 'A value fits none of the forms that its place takes, or mixes several.',
    why: REFUSED,
    fix: 'Keep to one form: the documentation of the property shows them.',
    url: TYPES,
    bad: [
      cluster(
        ...['InstanceStorageConfigs:', '  - EbsVolumeConfig: { VolumeSizeInGB: 500 } # <-'],
        '    FsxLustreConfig: { DnsName: fs-0123456789abcdef0.fsx.us-west-2.amazonaws.com, MountName: abcdefgh }',
      ),
    ],
    good: [cluster('InstanceStorageConfigs:', '  - EbsVolumeConfig: { VolumeSizeInGB: 500 }')],
  },
  {
    code: 'E3020',
    name: 'exclusive-properties',
    message: 'Two properties exclude each other.',
    why: REFUSED,
    fix: 'Delete one.',
    url: TYPES,
    bad: [
      subnet(VPC_ID, 'CidrBlock: 10.0.0.0/24', 'AvailabilityZone: us-west-2a', 'AvailabilityZoneId: usw2-az1').replace(
        'Properties:',
        'Properties: # <-',
      ),
    ],
    good: [subnet(VPC_ID, 'CidrBlock: 10.0.0.0/24', 'AvailabilityZoneId: usw2-az1')],
  },
  {
    code: 'E3021',
    name: 'dependent-property',
    message: 'A property needs another one beside it.',
    why: REFUSED,
    fix: 'Add the other.',
    url: TYPES,
    bad: [vpc('Ipv4IpamPoolId: ipam-pool-0123456789abcdef0').replace('Properties:', 'Properties: # <-')],
    good: [vpc('Ipv4IpamPoolId: ipam-pool-0123456789abcdef0', 'Ipv4NetmaskLength: 24')],
  },
  {
    code: 'E3058',
    name: 'at-least-one',
    message: 'At least one of several properties is needed.',
    why: REFUSED,
    fix: 'Add one of those that the message names.',
    url: TYPES,
    bad: [subnet(VPC_ID).replace('Properties:', 'Properties: # <-')],
    good: [subnet(VPC_ID, 'CidrBlock: 10.0.0.0/24')],
  },
  {
    code: 'E3030',
    name: 'not-allowed',
    message: 'A value is not one of those that the property takes.',
    why: REFUSED,
    fix: 'Write one of the values that the hint names.',
    url: TYPES,
    bad: [resource('AWS::SSM::Parameter', 'Type: Strin # <-', 'Value: a')],
    good: [resource('AWS::SSM::Parameter', 'Type: String', 'Value: a')],
  },
  {
    code: 'E3031',
    name: 'pattern',
    message: 'A text does not match the pattern of the property.',
    why: REFUSED,
    fix: 'Write it as the pattern in the hint asks.',
    url: TYPES,
    bad: [resource('AWS::EC2::SecurityGroup', 'GroupDescription: naïve # <-', VPC_ID)],
    good: [resource('AWS::EC2::SecurityGroup', 'GroupDescription: plain', VPC_ID)],
  },
  {
    code: 'E3032',
    name: 'list-length',
    message: 'A list has too few or too many entries.',
    why: REFUSED,
    fix: 'Keep to the number that the message names.',
    url: TYPES,
    bad: [endpoint('DnsOptions:', '  PrivateDnsSpecifiedDomains: [] # <-')],
    good: [endpoint('DnsOptions:', '  PrivateDnsSpecifiedDomains: [example.com]')],
  },
  {
    code: 'E3033',
    name: 'text-length',
    message: 'A text is too short or too long.',
    why: REFUSED,
    fix: 'Keep to the number of characters that the message names.',
    url: TYPES,
    bad: [resource('AWS::IAM::Role', `RoleName: ${'r'.repeat(65)} # <-`, 'AssumeRolePolicyDocument: {}')],
    good: [resource('AWS::IAM::Role', 'RoleName: reader', 'AssumeRolePolicyDocument: {}')],
  },
  {
    code: 'E3034',
    name: 'range',
    message: 'A number is too small or too large.',
    why: REFUSED,
    fix: 'Keep to the range that the message names.',
    url: TYPES,
    bad: [resource('AWS::Lambda::Function', 'Code: {}', 'Role: arn:aws:iam::111122223333:role/a', 'Timeout: 0 # <-')],
    good: [resource('AWS::Lambda::Function', 'Code: {}', 'Role: arn:aws:iam::111122223333:role/a', 'Timeout: 60')],
  },
  {
    code: 'E3037',
    name: 'same-entry',
    message: 'A list has the same entry twice.',
    why: REFUSED,
    fix: 'Delete one.',
    url: TYPES,
    bad: [directory('subnet-0123456789abcdef0', 'subnet-0123456789abcdef0] # <-')],
    good: [directory('subnet-0123456789abcdef0', 'subnet-0123456789abcdef1]')],
  },
  {
    code: 'E3065',
    name: 'different-entries',
    message: 'A list has too many different entries.',
    why: REFUSED,
    fix: 'Keep to the number that the message names.',
    url: TYPES,
    bad: [alarm(...METRIC, 'AlarmActions: [a, b, c, d, e, f] # <-')],
    good: [alarm(...METRIC, 'AlarmActions: [a]')],
  },
  {
    code: 'E3040',
    name: 'read-only',
    message: 'The property is read-only: AWS sets it.',
    why: 'CloudFormation refuses the template.',
    fix: 'Delete it.',
    url: TYPES,
    bad: [vpc('CidrBlock: 10.0.0.0/16', 'VpcId: vpc-0123456789abcdef0 # <-')],
    good: [vpc('CidrBlock: 10.0.0.0/16')],
  },
  {
    code: 'E1150',
    name: 'security-group-id',
    message: 'The text is not a security group id.',
    why: REFUSED,
    fix: 'Write an id such as sg-0123456789abcdef0, or refer to a resource.',
    url: TYPES,
    bad: [resource('AWS::EC2::SecurityGroupEgress', 'GroupId: web # <-', 'IpProtocol: tcp', 'CidrIp: 10.0.0.0/8')],
    good: [
      resource(
        'AWS::EC2::SecurityGroupEgress',
        'GroupId: sg-0123456789abcdef0',
        'IpProtocol: tcp',
        'CidrIp: 10.0.0.0/8',
      ),
    ],
  },
  {
    code: 'E1151',
    name: 'vpc-id',
    message: 'The text is not a VPC id.',
    why: REFUSED,
    fix: 'Write an id such as vpc-0123456789abcdef0, or refer to a resource.',
    url: TYPES,
    bad: [subnet('VpcId: vpc-1 # <-', 'CidrBlock: 10.0.0.0/24')],
    good: [subnet(VPC_ID, 'CidrBlock: 10.0.0.0/24')],
  },
  {
    code: 'E1152',
    name: 'image-id',
    message: 'The text is not an image id.',
    why: REFUSED,
    fix: 'Write an id such as ami-0123456789abcdef0.',
    url: TYPES,
    bad: [cluster('ImageId: ubuntu # <-')],
    good: [cluster('ImageId: ami-0123456789abcdef0')],
  },
  {
    code: 'E1154',
    name: 'subnet-id',
    message: 'The text is not a subnet id.',
    why: REFUSED,
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
  },
];
