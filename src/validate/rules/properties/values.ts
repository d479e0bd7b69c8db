import { resource } from '../base/examples.ts';
import { RESOURCE_REFUSED, TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';
import { TYPES } from '../base/urls.ts';

const VPC_ID = 'VpcId: vpc-0123456789abcdef0';
const vpc = (...lines: readonly string[]): string => resource('AWS::EC2::VPC', ...lines);
const alarm = (...lines: readonly string[]): string =>
  resource(
    'AWS::CloudWatch::Alarm',
    ...['ComparisonOperator: GreaterThanThreshold', 'EvaluationPeriods: 1', 'Threshold: 1', ...lines],
  );
const METRIC = ['MetricName: a', 'Namespace: b', 'Period: 60', 'Statistic: Sum'];
const endpoint = (...lines: readonly string[]): string =>
  resource('AWS::EC2::VPCEndpoint', VPC_ID, 'ServiceName: com.amazonaws.us-west-2.s3', ...lines);
const directory = (one: string, other: string): string =>
  resource(
    'AWS::DirectoryService::MicrosoftAD',
    ...['Name: corp.example.com', "Password: '{{resolve:secretsmanager:admin:SecretString:password}}'", 'VpcSettings:'],
    ...[`  ${VPC_ID}`, `  SubnetIds: [${one}, ${other}`],
  );

/** Values of properties, against the type's schema. */
export const VALUE_SCHEMA_RULES: readonly Rule[] = [
  {
    code: 'E3012',
    name: 'wrong-type',
    message: 'A value has the wrong type: text, number, true or false, list or mapping.',
    why: TEMPLATE_REFUSED,
    fix: 'Write a value of the type that the message names.',
    url: TYPES,
    bad: [
      vpc('CidrBlock: 10.0.0.0/16', 'EnableDnsSupport: maybe # <-'),
      vpc('CidrBlock: 10.0.0.0/16', 'Tags: { Key: a, Value: b } # <-'),
    ],
    good: [vpc('CidrBlock: 10.0.0.0/16', 'EnableDnsSupport: true', 'Tags: [{ Key: a, Value: b }]')],
    by: 'schema',
  },
  {
    code: 'E3030',
    name: 'not-allowed',
    message: 'A value is not one of those that the property takes.',
    why: RESOURCE_REFUSED,
    fix: 'Write one of the values that the hint names.',
    url: TYPES,
    bad: [resource('AWS::SSM::Parameter', 'Type: Strin # <-', 'Value: a')],
    good: [resource('AWS::SSM::Parameter', 'Type: String', 'Value: a')],
    by: 'schema',
  },
  {
    code: 'E3031',
    name: 'pattern',
    message: 'A text does not match the pattern of the property.',
    why: RESOURCE_REFUSED,
    fix: 'Write it as the pattern in the hint asks.',
    url: TYPES,
    bad: [resource('AWS::EC2::SecurityGroup', 'GroupDescription: naïve # <-', VPC_ID)],
    good: [resource('AWS::EC2::SecurityGroup', 'GroupDescription: plain', VPC_ID)],
    by: 'schema',
  },
  {
    code: 'E3033',
    name: 'text-length',
    message: 'A text is too short or too long.',
    why: RESOURCE_REFUSED,
    fix: 'Keep to the number of characters that the message names.',
    url: TYPES,
    bad: [
      resource(
        'AWS::IAM::Role',
        `RoleName: ${'r'.repeat(65)} # <-`,
        'AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole } }',
      ),
    ],
    good: [
      resource(
        'AWS::IAM::Role',
        'RoleName: reader',
        'AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole } }',
      ),
    ],
    by: 'schema',
  },
  {
    code: 'E3034',
    name: 'range',
    message: 'A number is too small or too large.',
    why: RESOURCE_REFUSED,
    fix: 'Keep to the range that the message names.',
    url: TYPES,
    bad: [resource('AWS::Lambda::Function', 'Code: {}', 'Role: arn:aws:iam::111122223333:role/a', 'Timeout: 0 # <-')],
    good: [resource('AWS::Lambda::Function', 'Code: {}', 'Role: arn:aws:iam::111122223333:role/a', 'Timeout: 60')],
    by: 'schema',
  },
  {
    code: 'E3032',
    name: 'list-length',
    message: 'A list has too few or too many entries.',
    why: RESOURCE_REFUSED,
    fix: 'Keep to the number that the message names.',
    url: TYPES,
    bad: [endpoint('DnsOptions:', '  PrivateDnsSpecifiedDomains: [] # <-')],
    good: [endpoint('DnsOptions:', '  PrivateDnsSpecifiedDomains: [example.com]')],
    by: 'schema',
  },
  {
    code: 'E3037',
    name: 'same-entry',
    message: 'A list has the same entry twice.',
    why: RESOURCE_REFUSED,
    fix: 'Delete one.',
    url: TYPES,
    bad: [directory('subnet-0123456789abcdef0', 'subnet-0123456789abcdef0] # <-')],
    good: [directory('subnet-0123456789abcdef0', 'subnet-0123456789abcdef1]')],
    by: 'schema',
  },
  {
    code: 'E3065',
    name: 'different-entries',
    message: 'A list has too many different entries.',
    why: RESOURCE_REFUSED,
    fix: 'Keep to the number that the message names.',
    url: TYPES,
    bad: [alarm(...METRIC, 'AlarmActions: [a, b, c, d, e, f] # <-')],
    good: [alarm(...METRIC, 'AlarmActions: [a]')],
    by: 'schema',
  },
  {
    code: 'W3002',
    name: 'packaged-path',
    message: 'The property has a local path, which only the command aws cloudformation package can resolve.',
    why: 'CloudFormation itself refuses the template.',
    fix: 'Run that command, and deploy what it writes.',
    url: 'https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html',
    bad: [
      resource(
        'AWS::Lambda::Function',
        'Code: ./src # <-',
        'Role: arn:aws:iam::111122223333:role/name',
        'Runtime: nodejs24.x',
        'Handler: index.handler',
      ),
    ],
    good: [
      resource(
        'AWS::Lambda::Function',
        'Code: { S3Bucket: my-bucket, S3Key: a }',
        'Role: arn:aws:iam::111122223333:role/name',
        'Runtime: nodejs24.x',
        'Handler: index.handler',
      ),
    ],
    by: 'schema',
  },
];
