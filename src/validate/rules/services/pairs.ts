import { functionOf, isObject, ownEntry } from '../../../document/intrinsics.ts';
import { objectAt } from '../../model/model.ts';
import { resource } from '../base/examples.ts';
import { all, literal, pair, properties, property } from '../base/look.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';
import { resourcePage } from '../base/urls.ts';

const FUNCTION = 'AWS::Lambda::Function';
const LAMBDA = resourcePage('aws-properties-lambda-function-code');
const ROLE = 'Role: arn:aws:iam::111122223333:role/a';
const lambda = (code: string): string =>
  resource(FUNCTION, 'Runtime: python3.13', 'Handler: index.handler', ROLE, `Code: ${code}`);
const schedule = (text: string): string =>
  resource('AWS::Events::Rule', `ScheduleExpression: ${text}`, 'State: ENABLED');
const alarm = (datapoints: number, mark = ''): string =>
  resource(
    'AWS::CloudWatch::Alarm',
    ...[
      'ComparisonOperator: GreaterThanThreshold',
      'EvaluationPeriods: 3',
      'Period: 60',
      `DatapointsToAlarm: ${datapoints}${mark}`,
    ],
    ...['MetricName: a', 'Namespace: b', 'Statistic: Sum', 'Threshold: 1'],
  );
const bucket = (line: string): string =>
  resource('AWS::S3::Bucket', 'OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] }', line);
const encrypted = (algorithm: string, mark = ''): string =>
  resource(
    'AWS::S3::Bucket',
    `BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: ${algorithm}, KMSMasterKeyID: alias/a } }] }${mark}`,
  );
const alias = (type: string): string =>
  `${resource('AWS::Route53::RecordSet', 'Name: a.example.com', 'HostedZoneId: Z0123456789ABCDEFGHIJ', `Type: ${type}`, 'AliasTarget: { DNSName: !GetAtt Front.DNSName, HostedZoneId: !GetAtt Front.CanonicalHostedZoneID }')}  Front:\n    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n    Properties: { Type: network, Subnets: [subnet-0123456789abcdef0] }\n`;
const SCHEDULED = [
  ['AWS::Events::Rule', 'ScheduleExpression'],
  ['AWS::Scheduler::Schedule', 'ScheduleExpression'],
] as const;

/** A rate or a cron expression of six fields; Scheduler has at(…) too. */
function scheduleFault(text: string): string | undefined {
  const [, count = '', unit = ''] = /^rate\(\s*(\d+)\s+(\w+)\s*\)$/.exec(text) ?? [];
  if (unit !== '') {
    const isOne = Number(count) === 1;
    if (!/^(?:minute|hour|day)s?$/.test(unit)) return 'A rate is of minutes, hours or days';
    return unit.endsWith('s') === isOne
      ? `Write rate(${count} ${unit.replace(/s$/, '')}${isOne ? '' : 's'})`
      : undefined;
  }
  const [, fields] = /^cron\((.*)\)$/.exec(text) ?? [];
  if (fields !== undefined) {
    const parts = fields.trim().split(/\s+/);
    if (parts.length !== 6)
      return 'A cron expression has six fields: minutes, hours, day of month, month, day of week, year';
    return parts[2] !== '?' && parts[4] !== '?'
      ? 'One of the day of the month and the day of the week must be ?'
      : undefined;
  }
  return /^at\(.*\)$/.test(text) ? undefined : 'Write rate(1 day), or cron(0 3 * * ? *)';
}

/** Values of Lambda, S3, CloudWatch, KMS, SNS and EventBridge that must go together. */
export const PAIR_RULES: readonly Rule[] = [
  {
    code: 'PL3157',
    name: 'function-code',
    message: 'The code of a function is in two places, or in none.',
    why: RESOURCE_REFUSED,
    fix: 'Write ZipFile, or S3Bucket with S3Key, or ImageUri.',
    url: LAMBDA,
    bad: [lambda('{ ZipFile: a = 1, S3Bucket: a, S3Key: b } # <-'), lambda('{ S3Key: a } # <-')],
    good: [lambda('{ ZipFile: a = 1 }'), lambda('{ S3Bucket: aaa, S3Key: b }')],
    check: properties(
      `${FUNCTION}/Code`,
      ['ZipFile', 'S3Bucket', 'S3Key', 'ImageUri'],
      ({ ZipFile, S3Bucket, S3Key, ImageUri }) => {
        if (ZipFile !== undefined && ImageUri !== undefined) return ['ImageUri', 'Code has both ZipFile and ImageUri.'];
        if (S3Bucket !== undefined && (ZipFile ?? ImageUri) !== undefined)
          return ['S3Bucket', `Code has both S3Bucket and ${ZipFile === undefined ? 'ImageUri' : 'ZipFile'}.`];
        if (S3Key !== undefined && S3Bucket === undefined) return ['S3Bucket', 'S3Key needs S3Bucket beside it.'];
        return S3Bucket !== undefined && S3Key === undefined ? ['S3Key', 'S3Bucket needs S3Key beside it.'] : undefined;
      },
    ),
  },
  {
    code: 'E3027',
    name: 'schedule',
    message: 'The expression of a schedule is not one of EventBridge.',
    why: RESOURCE_REFUSED,
    fix: 'Write rate(1 day), or cron(0 3 * * ? *).',
    url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html',
    bad: [schedule('rate(1 days) # <-'), schedule("'cron(0 3 * * *)' # <-"), schedule('daily # <-')],
    good: [schedule('rate(1 day)'), schedule("'cron(0 3 * * ? *)'")],
    instead: 'schema',
    check: all(
      ...SCHEDULED.map(([type, name]) =>
        property(type, name, (value) => {
          const text = literal(value);
          const fault = text === undefined || text === '' ? undefined : scheduleFault(text);
          return fault !== undefined && { message: `${text} is not a schedule.`, hint: `${fault}.` };
        }),
      ),
    ),
  },
  {
    code: 'PL3158',
    name: 'alarm-datapoints',
    message: 'An alarm asks for more data points than it looks at.',
    why: 'CloudWatch refuses the alarm.',
    fix: 'Write DatapointsToAlarm no larger than EvaluationPeriods.',
    url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
    bad: [alarm(4, ' # <-')],
    good: [alarm(2)],
    check: properties(
      'AWS::CloudWatch::Alarm',
      ['DatapointsToAlarm', 'EvaluationPeriods'],
      ({ DatapointsToAlarm, EvaluationPeriods }) => {
        const [points, periods] = [Number(literal(DatapointsToAlarm)), Number(literal(EvaluationPeriods))];
        return points > periods
          ? ['DatapointsToAlarm', `DatapointsToAlarm is ${points}, above EvaluationPeriods, ${periods}.`]
          : undefined;
      },
    ),
  },
  {
    code: 'PL3159',
    name: 'bucket-settings',
    message: 'Settings of a bucket do not go together.',
    why: 'S3 refuses the bucket, and the stack rolls back.',
    fix: 'Delete what the message names.',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html',
    bad: [bucket('AccessControl: PublicRead # <-'), encrypted('AES256', ' # <-')],
    good: [bucket('Tags: []'), encrypted('aws:kms')],
    check: all(
      properties('AWS::S3::Bucket', ['AccessControl', 'OwnershipControls'], ({ AccessControl, OwnershipControls }) => {
        const rules = isObject(OwnershipControls) ? JSON.stringify(OwnershipControls['Rules'] ?? []) : '';
        const acl = literal(AccessControl);
        return acl !== undefined &&
          acl !== 'Private' &&
          acl !== 'BucketOwnerFullControl' &&
          rules.includes('"BucketOwnerEnforced"') &&
          !rules.includes('Fn::If')
          ? ['AccessControl', `A bucket whose owner owns all objects cannot have the access control list ${acl}.`]
          : undefined;
      }),
      properties(
        'AWS::S3::Bucket/BucketEncryption.ServerSideEncryptionConfiguration.*.ServerSideEncryptionByDefault',
        ['SSEAlgorithm', 'KMSMasterKeyID'],
        ({ SSEAlgorithm, KMSMasterKeyID }) =>
          SSEAlgorithm === 'AES256' && KMSMasterKeyID !== undefined
            ? ['KMSMasterKeyID', 'AES256 has no key: write aws:kms.']
            : undefined,
      ),
    ),
  },
  {
    code: 'W3045',
    name: 'access-control-list',
    message: 'AccessControl is a list from before bucket policies.',
    why: 'Lists are off by default, and AWS advises against them.',
    fix: 'Write AWS::S3::BucketPolicy instead.',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html',
    bad: [resource('AWS::S3::Bucket', 'AccessControl: Private # <-')],
    good: [resource('AWS::S3::Bucket', 'BucketName: my-bucket')],
    check: property('AWS::S3::Bucket', 'AccessControl', () => true),
  },
  {
    code: 'PL3160',
    name: 'key-rotation',
    message: 'Only keys of type SYMMETRIC_DEFAULT are rotated.',
    why: 'KMS refuses the key.',
    fix: 'Delete EnableKeyRotation, or KeySpec.',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
    bad: [resource('AWS::KMS::Key', 'KeySpec: RSA_2048', 'KeyUsage: SIGN_VERIFY', 'EnableKeyRotation: true # <-')],
    good: [resource('AWS::KMS::Key', 'EnableKeyRotation: true')],
    check: pair(
      'AWS::KMS::Key',
      'EnableKeyRotation',
      'KeySpec',
      (rotation, spec = 'SYMMETRIC_DEFAULT') =>
        literal(rotation) === 'true' && literal(spec) !== undefined && spec !== 'SYMMETRIC_DEFAULT',
    ),
  },
  {
    code: 'PL3161',
    name: 'fifo-name',
    message: 'The name of a FIFO topic or queue must end with .fifo, and only such a name.',
    why: RESOURCE_REFUSED,
    fix: 'Write NAME.fifo, or leave the name out.',
    url: 'https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html',
    bad: [
      resource('AWS::SNS::Topic', 'FifoTopic: true', 'TopicName: alerts # <-'),
      resource('AWS::SNS::Topic', 'TopicName: alerts.fifo # <-'),
    ],
    good: [resource('AWS::SNS::Topic', 'FifoTopic: true', 'TopicName: alerts.fifo')],
    check: all(
      ...(['Topic', 'Queue'] as const).map((what) =>
        pair(
          what === 'Topic' ? 'AWS::SNS::Topic' : 'AWS::SQS::Queue',
          `${what}Name`,
          `Fifo${what}`,
          (name, fifo = false) => {
            const [text, isFifo] = [literal(name), literal(fifo)];
            return text !== undefined && isFifo !== undefined && text.endsWith('.fifo') !== (isFifo === 'true');
          },
        ),
      ),
    ),
  },
  {
    code: 'PL3162',
    name: 'subscription-address',
    message: 'The address of a subscription does not fit its protocol.',
    why: 'SNS refuses the subscription.',
    fix: 'Write an address of e-mail, a URL or an ARN, as the protocol asks for.',
    url: 'https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html',
    bad: [
      resource(
        'AWS::SNS::Subscription',
        'TopicArn: arn:aws:sns:us-east-1:111122223333:a',
        'Protocol: email',
        'Endpoint: ops # <-',
      ),
    ],
    good: [
      resource(
        'AWS::SNS::Subscription',
        'TopicArn: arn:aws:sns:us-east-1:111122223333:a',
        'Protocol: email',
        'Endpoint: ops@example.com',
      ),
    ],
    check: pair('AWS::SNS::Subscription', 'Endpoint', 'Protocol', (endpoint, protocol) => {
      const text = literal(endpoint);
      const form = ownEntry(FORMS, literal(protocol));
      return text !== undefined && form !== undefined && !form.test(text);
    }),
  },
  {
    code: 'PL3168',
    name: 'alias-type',
    message: 'An alias of a load balancer is a record of type A or AAAA.',
    why: 'Route 53 refuses the record.',
    fix: 'Write Type: A.',
    url: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias.html',
    bad: [alias('CNAME # <-')],
    good: [alias('A')],
    check: pair('AWS::Route53::RecordSet', 'Type', 'AliasTarget', (type, target) => {
      const isBalancer = JSON.stringify(target ?? '').includes('CanonicalHostedZoneID');
      return isBalancer && literal(type) !== undefined && !['A', 'AAAA', 'HTTPS'].includes(literal(type)!);
    }),
  },
  {
    code: 'PL3163',
    name: 'service-token',
    message: 'ServiceToken is not the ARN of a function or a topic.',
    why: 'CloudFormation finds nobody to ask, and the stack rolls back.',
    fix: 'Write !GetAtt NAME.Arn.',
    url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html',
    bad: [
      `${resource('Custom::Thing', 'ServiceToken: !Ref Handler # <-')}${lambda('{ ZipFile: a = 1 }').replace('Resources:\n', '').replace('Example:', 'Handler:')}`,
    ],
    good: [
      `${resource('Custom::Thing', 'ServiceToken: !GetAtt Handler.Arn')}${lambda('{ ZipFile: a = 1 }').replace('Resources:\n', '').replace('Example:', 'Handler:')}`,
    ],
    *check(model) {
      for (const id of Object.keys(model.resources)) {
        const { Type, Properties } = objectAt(model.resources, id);
        if (
          typeof Type !== 'string' ||
          !/^(?:Custom::|AWS::CloudFormation::CustomResource$)/.test(Type) ||
          !isObject(Properties)
        )
          continue;
        const token = Properties['ServiceToken'];
        const target =
          isObject(token) && typeof token['Ref'] === 'string'
            ? objectAt(model.resources, token['Ref'])['Type']
            : undefined;
        const isNoText = typeof token === 'object' && !functionOf(token);
        if (target === FUNCTION || isNoText) yield { path: ['Resources', id, 'Properties', 'ServiceToken'] };
      }
    },
  },
];

const FORMS: Readonly<Record<string, RegExp>> = {
  email: /^[^@\s]+@[^@\s]+$/,
  'email-json': /^[^@\s]+@[^@\s]+$/,
  https: /^https:\/\//,
  http: /^http:\/\//,
  lambda: /^arn:/,
  sqs: /^arn:/,
  firehose: /^arn:/,
};
