import { functionOf, isList, isObject, type JsonObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { objectAt } from '../../model/model.ts';
import { propertiesOf } from '../../model/of-type.ts';
import { resource, several } from '../base/examples.ts';
import { resourceOf } from '../base/given.ts';
import { literal, properties, property } from '../base/look.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { policyDocuments } from './policy-documents.ts';
import { statementsOf } from './policy-statements.ts';

const BUCKET = 'AWS::S3::Bucket';
const BLOCK = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html';
const OWNERS = 'OwnershipControls: { Rules: [{ ObjectOwnership: ObjectWriter }] }';
const blocked = (acl: string, ...lines: readonly string[]): string =>
  resource(BUCKET, OWNERS, `AccessControl: ${acl}`, ...lines);
const toAll = (principal: string, ...lines: readonly string[]): string =>
  several({
    Data: [BUCKET, ...lines],
    Policy: [
      'AWS::S3::BucketPolicy',
      ...['Bucket: !Ref Data', 'PolicyDocument:', "  Version: '2012-10-17'", '  Statement:', '    - Effect: Allow'],
      ...[`      Principal: ${principal}`, '      Action: s3:GetObject', '      Resource: !Sub ${Data.Arn}/*'],
    ],
  });
const copied = (...lines: readonly string[]): string =>
  resource(
    BUCKET,
    ...['ReplicationConfiguration:', '  Role: arn:aws:iam::111122223333:role/a', '  Rules:', '    - Status: Enabled'],
    ...["      Prefix: ''", '      Destination: { Bucket: arn:aws:s3:::another-bucket }', ...lines],
  );

/** Whether a bucket blocks something: because it says so, or because it says nothing of what is public. */
function blocks(bucket: JsonObject, name: string): 'said' | 'by default' | undefined {
  const { PublicAccessBlockConfiguration: block } = bucket;
  if (block === undefined) return 'by default';
  return isObject(block) && literal(block[name]) === 'true' ? 'said' : undefined;
}

/** What buckets have since April 2023 where a template says nothing is not certain of every account. */
const severityOf = (how: 'said' | 'by default'): Pick<Hit, 'severity'> =>
  how === 'said' ? {} : { severity: 'warning' };

/** Whether a statement lets everyone in, without a condition. */
function isPublic(statement: Json): statement is JsonObject {
  if (!isObject(statement) || statement['Condition'] !== undefined) return false;
  const { Effect: effect, Principal: principal } = statement;
  return literal(effect) === 'Allow' && (principal === '*' || objectAt(statement, 'Principal')['AWS'] === '*');
}

/** What buckets let in, and what they copy. */
export const BUCKET_ACCESS_RULES: readonly Rule[] = [
  {
    code: 'PL3173',
    name: 'blocked-public-access',
    message: 'A bucket is to be public, and blocks what is public.',
    why: RESOURCE_REFUSED,
    fix: 'Write PublicAccessBlockConfiguration with what the bucket is to allow, or let nobody in but those who are named.',
    url: BLOCK,
    bad: [
      blocked('PublicRead # <-', 'PublicAccessBlockConfiguration: { BlockPublicAcls: true }'),
      toAll("'*' # <-", 'PublicAccessBlockConfiguration: { BlockPublicPolicy: true }'),
    ],
    good: [
      blocked('PublicRead', 'PublicAccessBlockConfiguration: { BlockPublicAcls: false }'),
      toAll("'*'", 'PublicAccessBlockConfiguration: { BlockPublicPolicy: false }'),
      toAll('{ Service: cloudfront.amazonaws.com }'),
    ],
    *check(model) {
      yield* property(BUCKET, 'AccessControl', (acl, bucket) => {
        const text = literal(acl) ?? '';
        const how =
          /^(?:PublicRead|PublicReadWrite|AuthenticatedRead)$/.test(text) && blocks(bucket, 'BlockPublicAcls');
        return how ? { ...severityOf(how), message: `A bucket that blocks public lists cannot have ${text}.` } : false;
      })(model);
      for (const document of policyDocuments(model)) {
        const policy = propertiesOf(model, String(document.path[1]));
        const bucket = document.type === 'AWS::S3::BucketPolicy' && resourceOf(model, policy['Bucket'], BUCKET);
        const how = bucket ? blocks(propertiesOf(model, bucket), 'BlockPublicPolicy') : undefined;
        for (const [statement, path] of how ? statementsOf(document) : [])
          if (isPublic(statement))
            yield {
              ...severityOf(how!),
              path: [...path, 'Principal'],
              message: `The policy lets everyone in, but ${bucket} blocks public policies.`,
            };
      }
    },
  },
  {
    code: 'PL3174',
    name: 'replication-versions',
    message: 'A bucket that copies its objects needs versions of them.',
    why: RESOURCE_REFUSED,
    fix: 'Add VersioningConfiguration: { Status: Enabled }.',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html',
    bad: [copied().replace('ReplicationConfiguration:', 'ReplicationConfiguration: # <-')],
    good: [copied('VersioningConfiguration: { Status: Enabled }')],
    check: properties(
      BUCKET,
      ['ReplicationConfiguration', 'VersioningConfiguration'],
      ({ ReplicationConfiguration, VersioningConfiguration: versions }) => {
        const isOff = versions === undefined || (isObject(versions) && literal(versions['Status']) === 'Suspended');
        return isObject(ReplicationConfiguration) && !functionOf(ReplicationConfiguration) && isOff
          ? ['ReplicationConfiguration', { part: 'key' }]
          : undefined;
      },
    ),
  },
  {
    code: 'PL3175',
    name: 'one-ownership-rule',
    message: 'A bucket has one rule of who owns its objects.',
    why: RESOURCE_REFUSED,
    fix: 'Keep one.',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html',
    bad: [
      resource(
        BUCKET,
        'OwnershipControls: { Rules: [{ ObjectOwnership: ObjectWriter }, { ObjectOwnership: BucketOwnerPreferred }] } # <-',
      ),
    ],
    good: [resource(BUCKET, OWNERS)],
    check: property(
      BUCKET,
      'OwnershipControls.Rules',
      (rules) => isList(rules) && rules.length > 1 && !rules.some(functionOf),
    ),
  },
];
