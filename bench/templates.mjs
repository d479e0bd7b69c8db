// Templates of any size, for the growth of validators: plain ones in which nothing is wrong, of types that most have.

/** @typedef {{[key: string]: unknown}} Mapping */

/** One resource of each turn: what it is, and which of those before it refers to. @type {readonly ((number: number) => Mapping)[]} */
const RESOURCES = [
  (i) => ({ Type: 'AWS::EC2::VPC', Properties: { CidrBlock: `10.${i % 250}.0.0/16`, Tags: tags(i) } }),
  (i) => ({
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { GroupDescription: `Group ${i}`, VpcId: { Ref: `R${i - 1}` }, Tags: tags(i) },
  }),
  (i) => ({ Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 60, DelaySeconds: i % 900, Tags: tags(i) } }),
  (i) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName: `Topic ${i}`, Tags: tags(i) } }),
  (i) => ({
    Type: 'AWS::SNS::Subscription',
    Properties: { Protocol: 'sqs', TopicArn: { Ref: `R${i - 1}` }, Endpoint: { 'Fn::GetAtt': [`R${i - 2}`, 'Arn'] } },
  }),
  (i) => ({
    Type: 'AWS::Logs::LogGroup',
    Properties: { LogGroupName: { 'Fn::Sub': `/\${AWS::StackName}/${i}` }, RetentionInDays: 30 },
  }),
  (i) => ({
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: `Alarm ${i}`,
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [`R${i - 4}`, 'QueueName'] } }],
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 2,
      Period: 300,
      Statistic: 'Maximum',
      Threshold: i,
      AlarmActions: [{ Ref: `R${i - 3}` }],
    },
  }),
  (i) => ({
    Type: 'AWS::SSM::Parameter',
    Properties: { Type: 'String', Value: { 'Fn::Join': [':', [{ Ref: `R${i - 2}` }, { Ref: `R${i - 5}` }]] } },
  }),
];

/** @param {number} i */
function tags(i) {
  return [{ Key: 'Name', Value: { 'Fn::Sub': `\${AWS::StackName}-${i}` } }];
}

/**
 * A template of so many resources, which have so many conditions in turn: each a comparison of a parameter of its own.
 * What refers to a resource is there under the same condition.
 * @param {number} resources @param {number} conditions
 */
export function growing(resources, conditions) {
  const numbers = Array.from({ length: conditions }, (_, i) => i);
  const made = Array.from({ length: resources }, (_, i) => {
    const turn = i - (i % RESOURCES.length);
    const resource = RESOURCES[i % RESOURCES.length]?.(i) ?? {};
    // A whole turn of resources that refer to each other has one condition.
    return [
      `R${i}`,
      conditions === 0 ? resource : { Condition: `C${(turn / RESOURCES.length) % conditions}`, ...resource },
    ];
  });
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: Object.fromEntries(
      numbers.map((i) => [`P${i}`, { Type: 'String', AllowedValues: ['yes', 'no'], Default: 'yes' }]),
    ),
    Conditions: Object.fromEntries(numbers.map((i) => [`C${i}`, { 'Fn::Equals': [{ Ref: `P${i}` }, 'yes'] }])),
    Resources: Object.fromEntries(made),
  };
}

/**
 * A template of so many parameters, each used, that has so many bytes as JSON.
 * @param {number} count @param {number} bytes
 */
export function ofParameters(count, bytes) {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const make = (/** @type {number} */ filler) => ({
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: Object.fromEntries(
      numbers.map((i) => [
        `Parameter${i}`,
        {
          Type: 'String',
          Description: `What number ${i} is for. ${'It is told at length. '.repeat(filler)}`.slice(0, 3900),
          Default: `value-${i}`,
          AllowedPattern: '^[a-z]+(-[a-z0-9]+)*$',
          MinLength: 1,
          MaxLength: 64,
        },
      ]),
    ),
    Conditions: Object.fromEntries(
      numbers.map((i) => [`Is${i}`, { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: `Parameter${i}` }, ''] }] }]),
    ),
    Resources: Object.fromEntries(
      numbers.map((i) => [
        `Setting${i}`,
        {
          Type: 'AWS::SSM::Parameter',
          Condition: `Is${i}`,
          Properties: { Type: 'String', Value: { Ref: `Parameter${i}` } },
        },
      ]),
    ),
  });
  const size = (/** @type {number} */ filler) => JSON.stringify(make(filler)).length;
  const step = size(1) - size(0) || 1;
  return make(Math.max(0, Math.round((bytes - size(0)) / step)));
}
