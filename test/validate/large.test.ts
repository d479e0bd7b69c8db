import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/document/intrinsics.ts';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { validate } from '../../src/validate/validate.ts';

const ref = (name: string): JsonObject => ({ Ref: name });
const att = (name: string, attribute: string): JsonObject => ({ 'Fn::GetAtt': [name, attribute] });
const when = (condition: string, then: JsonObject | string): JsonObject => ({
  'Fn::If': [condition, then, ref('AWS::NoValue')],
});

/** Ten resources of a service with all that belongs to it, there under one of the conditions. */
function service(n: number, condition: string): JsonObject {
  const resource = (Type: string, Properties: JsonObject, more: JsonObject = {}): JsonObject => ({
    Type,
    Condition: condition,
    ...more,
    Properties,
  });
  const keep = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
  const assume = (principal: string): JsonObject => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: principal }, Action: 'sts:AssumeRole' }],
  });
  return {
    [`Group${n}`]: resource('AWS::EC2::SecurityGroup', {
      GroupDescription: `Service ${n}`,
      VpcId: ref('Vpc'),
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: att('Vpc', 'CidrBlock') }],
    }),
    [`Role${n}`]: resource('AWS::IAM::Role', {
      AssumeRolePolicyDocument: assume('lambda.amazonaws.com'),
      Policies: [
        {
          PolicyName: 'queue',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: att(`Queue${n}`, 'Arn') }],
          },
        },
      ],
    }),
    [`Queue${n}`]: resource('AWS::SQS::Queue', { VisibilityTimeout: 120 }, keep),
    [`Run${n}`]: resource('AWS::Lambda::Function', {
      Code: { ZipFile: 'def run(event, context): pass' },
      Handler: 'index.run',
      Runtime: 'python3.13',
      Role: att(`Role${n}`, 'Arn'),
      VpcConfig: when('InNetwork', {
        SecurityGroupIds: [att(`Group${n}`, 'GroupId')],
        SubnetIds: [ref('Subnet')],
      }),
      Environment: { Variables: { QUEUE: ref(`Queue${n}`), KEY: when('IsLive', att('Key', 'Arn')) } },
    }),
    [`Log${n}`]: resource(
      'AWS::Logs::LogGroup',
      {
        LogGroupName: { 'Fn::Sub': `/aws/lambda/\${Run${n}}` },
        RetentionInDays: 30,
        KmsKeyId: when('IsLive', att('Key', 'Arn')),
      },
      keep,
    ),
    [`Rule${n}`]: resource('AWS::Events::Rule', {
      ScheduleExpression: 'rate(5 minutes)',
      Targets: [{ Id: 'run', Arn: att(`Run${n}`, 'Arn') }],
    }),
    [`May${n}`]: resource('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: ref(`Run${n}`),
      Principal: 'events.amazonaws.com',
      SourceArn: att(`Rule${n}`, 'Arn'),
    }),
    [`Table${n}`]: resource(
      'AWS::DynamoDB::Table',
      {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
      keep,
    ),
    [`Alarm${n}`]: resource('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: ref(`Run${n}`) }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
    [`Name${n}`]: resource(
      'AWS::SSM::Parameter',
      { Type: 'String', Value: att(`Table${n}`, 'Arn') },
      { DependsOn: `Alarm${n}` },
    ),
  };
}

/** 498 resources under 100 conditions: of each parameter two that exclude each other. */
function large(change: (resources: Record<string, JsonObject>) => void = () => {}): JsonObject {
  const numbers = Array.from({ length: 49 }, (_, n) => n);
  const resources: Record<string, JsonObject> = {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24' } },
    Key: {
      Type: 'AWS::KMS::Key',
      Condition: 'IsLive',
      Properties: {
        KeyPolicy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } },
              Action: 'kms:*',
              Resource: '*',
            },
          ],
        },
      },
    },
  };
  for (const n of numbers) Object.assign(resources, service(n, n % 2 === 0 ? `Small${n}` : `Large${n}`));
  change(resources);
  return {
    Parameters: {
      Stage: { Type: 'String', AllowedValues: ['test', 'live'] },
      Network: { Type: 'String', AllowedValues: ['yes', 'no'] },
      ...Object.fromEntries(
        numbers.map((n) => [`Size${n}`, { Type: 'String', AllowedValues: ['none', 'small', 'large'] }]),
      ),
    },
    Conditions: {
      IsLive: { 'Fn::Equals': [ref('Stage'), 'live'] },
      InNetwork: { 'Fn::Equals': [ref('Network'), 'yes'] },
      ...Object.fromEntries(
        numbers.flatMap((n) => [
          [`Small${n}`, { 'Fn::Equals': [ref(`Size${n}`), 'small'] }],
          [
            `Large${n}`,
            {
              'Fn::And': [
                { 'Fn::Not': [{ Condition: `Small${n}` }] },
                { 'Fn::Not': [{ 'Fn::Equals': [ref(`Size${n}`), 'none'] }] },
              ],
            },
          ],
        ]),
      ),
    },
    Resources: resources,
    Outputs: Object.fromEntries(
      numbers.map((n) => [
        `Out${n}`,
        { Value: { 'Fn::If': [`Small${n}`, n % 2 === 0 ? att(`Queue${n}`, 'Arn') : 'none', 'none'] } },
      ]),
    ),
  };
}

function found(template: JsonObject): readonly string[] {
  return validate(readTemplate(JSON.stringify(template, undefined, 2), 't.json'))
    .filter(({ severity, code }) => severity !== 'info' && code !== 'W8001')
    .map(({ code, path }) => `${code} ${path.join('.')}`);
}

describe('500 resources under 100 conditions', () => {
  test('nothing is wrong with them', () => {
    expect(found(large())).toEqual([]);
  });

  test('a reference between services whose conditions differ, and a property that one condition takes away', () => {
    const template = large((resources) => {
      resources['Name10'] = { ...resources['Name10'], DependsOn: 'Alarm12' };
      resources['Name11'] = { ...resources['Name11'], Properties: { Type: 'String', Value: when('Large11', 'a') } };
      resources['Name12'] = { ...resources['Name12'], Properties: { Type: 'String', Value: when('IsLive', 'a') } };
    });
    expect(found(template).filter((one) => !one.startsWith('W1028'))).toEqual([
      'E3005 Resources.Name10.DependsOn',
      'E3003 Resources.Name12.Properties',
    ]);
  });
});
