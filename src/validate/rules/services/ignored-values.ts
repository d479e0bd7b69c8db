import { resource } from '../base/examples.ts';
import { literal, pair } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';
import { resourcePage } from '../base/urls.ts';

const DATABASE = 'AWS::RDS::DBInstance';
const BEHAVIOR = 'AWS::CloudFront::Distribution/DistributionConfig';
const POLICY = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const distribution = (...lines: readonly string[]): string =>
  resource(
    'AWS::CloudFront::Distribution',
    ...['DistributionConfig:', '  Enabled: true'],
    '  Origins: [{ Id: a, DomainName: a.example.com, CustomOriginConfig: { OriginProtocolPolicy: https-only } }]',
    ...['  DefaultCacheBehavior:', '    TargetOriginId: a', '    ViewerProtocolPolicy: https-only'],
    ...lines.map((line) => `    ${line}`),
  );
const database = (engine: string, mark = ''): string =>
  resource(
    DATABASE,
    ...[`Engine: ${engine}`, 'DBInstanceClass: db.r6i.large', 'SourceDBInstanceIdentifier: a'],
    `ReplicaMode: mounted${mark}`,
  );

/** What services pass over without a word. */
export const IGNORED_VALUE_RULES: readonly Rule[] = [
  {
    code: 'W3699',
    name: 'replica-mode',
    message: 'Only databases of Oracle and Db2 have ReplicaMode.',
    why: 'RDS passes it over.',
    fix: 'Delete it.',
    url: resourcePage('aws-resource-rds-dbinstance'),
    bad: [database('postgres', ' # <-')],
    good: [database('oracle-ee')],
    check: pair(DATABASE, 'ReplicaMode', 'Engine', (_, engine) => {
      const name = literal(engine);
      return name !== undefined && !/oracle|db2/i.test(name) && `A database of ${name} has no ReplicaMode.`;
    }),
  },
  {
    code: 'W3704',
    name: 'forwarded-values',
    message: 'A behavior with CachePolicyId has ForwardedValues too.',
    why: 'CloudFront passes ForwardedValues over.',
    fix: 'Delete it, or CachePolicyId.',
    url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html',
    bad: [distribution(`CachePolicyId: ${POLICY}`, 'ForwardedValues: { QueryString: true } # <-')],
    good: [distribution(`CachePolicyId: ${POLICY}`), distribution('ForwardedValues: { QueryString: true }')],
    check: pair(
      [`${BEHAVIOR}.DefaultCacheBehavior`, `${BEHAVIOR}.CacheBehaviors.*`],
      'ForwardedValues',
      'CachePolicyId',
      (_, policy) => policy !== undefined,
    ),
  },
];
