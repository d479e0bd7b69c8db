import { beside, resource } from '../base/examples.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';
import { functionPage, TYPES } from '../base/urls.ts';

const ROLE = 'arn:aws:iam::111122223333:role/name';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef';

/** A form that a text must have, with a property of a type that takes it. */
function form(
  code: string,
  what: string,
  [type, property, right, ...others]: readonly [string, string, string, ...string[]],
): Rule {
  const name = what.toLowerCase().replaceAll(' ', '-');
  return {
    code,
    name: code === 'E1103' ? 'format' : name,
    message: `The text is not ${what}.`,
    why: RESOURCE_REFUSED,
    fix: `Write one such as ${right}, or refer to a resource.`,
    url: TYPES,
    bad: [resource(type, `${property}: '%' # <-`, ...others)],
    good: [resource(type, `${property}: '${right}'`, ...others)],
    by: 'schema',
  };
}

const role = (name: string): string =>
  `  ${name}:\n    Type: AWS::IAM::Role\n    Properties: { AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: scheduler.amazonaws.com }, Action: sts:AssumeRole } } }\n`;
const SECRET = '  Secret: { Type: AWS::SecretsManager::Secret }\n';
const subnet = (line: string): string =>
  resource('AWS::EC2::Subnet', 'VpcId: vpc-0123456789abcdef0', 'CidrBlock: 10.0.0.0/24', line);

/** What a text must look like, and what a reference must give. */
export const FORMAT_RULES: readonly Rule[] = [
  form('E1103', 'a network in CIDR notation or a time', ['AWS::EC2::VPC', 'CidrBlock', '10.0.0.0/16']),
  form('E1153', 'the name of a security group', [
    ...(['AWS::RDS::DBSecurityGroupIngress', 'EC2SecurityGroupName', 'web servers'] as const),
    'DBSecurityGroupName: a',
  ]),
  form('E1155', 'the name of a log group', ['AWS::Logs::LogStream', 'LogGroupName', '/my/log-group']),
  form('E1156', 'the ARN of a role', [
    ...(['AWS::CodeDeploy::DeploymentGroup', 'ServiceRoleArn', ROLE] as const),
    'ApplicationName: a',
  ]),
  form('E1157', 'the ARN of a KMS key', ['AWS::DMS::InstanceProfile', 'KmsKeyArn', KEY]),
  form('E1158', 'the ARN of a topic', [
    ...(['AWS::SNS::TopicInlinePolicy', 'TopicArn', 'arn:aws:sns:us-east-1:111122223333:name'] as const),
    'PolicyDocument: {}',
  ]),
  form('E1159', 'the ARN of a certificate', [
    ...(['AWS::ApiGateway::DomainName', 'CertificateArn'] as const),
    'arn:aws:acm:us-east-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef',
  ]),
  form('E1160', 'the ARN of a function', [
    ...(['AWS::IoT::CertificateProvider', 'LambdaFunctionArn'] as const),
    'arn:aws:lambda:us-east-1:111122223333:function:name',
    'AccountDefaultForOperations: [CreateCertificateFromCsr]',
  ]),
  form('E1161', 'the name of a bucket', ['AWS::S3::Bucket', 'BucketName', 'my-bucket']),
  form('E1164', 'the alias of a KMS key', ['AWS::KMS::Alias', 'AliasName', 'alias/name', `TargetKeyId: ${KEY}`]),
  {
    code: 'E1040',
    name: 'attribute-kind',
    message: 'Fn::GetAtt gives something of another kind than the property takes.',
    why: RESOURCE_REFUSED,
    fix: 'Take the attribute, or the resource, that the property asks for.',
    url: functionPage('getatt'),
    bad: [
      `${subnet('Tags: []').replace('VpcId: vpc-0123456789abcdef0', 'VpcId: !GetAtt Role.Arn # <-')}${role('Role')}`,
    ],
    good: [
      resource(
        'AWS::Scheduler::Schedule',
        'ScheduleExpression: rate(1 day)',
        'FlexibleTimeWindow: { Mode: "OFF" }',
        'Target:',
        '  Arn: arn:aws:sns:us-east-1:111122223333:name',
        '  RoleArn: !GetAtt Role.Arn',
      ) + role('Role'),
    ],
    by: 'schema',
  },
  {
    code: 'E1041',
    name: 'reference-kind',
    message: 'Ref gives something of another kind than the property takes.',
    why: RESOURCE_REFUSED,
    fix: 'Refer to the resource that the property asks for, or take an attribute by Fn::GetAtt.',
    url: functionPage('ref'),
    bad: [
      `${subnet('Tags: []').replace('vpc-0123456789abcdef0', '!Ref Secret # <-')}${SECRET}`,
      resource(
        'AWS::Scheduler::Schedule',
        'ScheduleExpression: rate(1 day)',
        'FlexibleTimeWindow: { Mode: "OFF" }',
        'Target:',
        '  Arn: arn:aws:sns:us-east-1:111122223333:name',
        '  RoleArn: !Ref Role # <-',
      ) + role('Role'),
      `Parameters:\n  Subnet: { Type: AWS::EC2::Subnet::Id }\n${subnet('Tags: []').replace('vpc-0123456789abcdef0', '!Ref Subnet # <-')}`,
    ],
    good: [
      `Parameters:\n  Vpc: { Type: AWS::EC2::VPC::Id }\n${subnet('Tags: []').replace('vpc-0123456789abcdef0', '!Ref Vpc')}`,
      beside(),
    ],
    by: 'schema',
  },
];
