import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { dataOf } from '../support/compiled.ts';
import { type Call, judged } from '../support/policy-evaluator.ts';
import { resolved } from '../support/resolved.ts';

const RELEASE = { bucketName: 'releases', bucketRegion: 'us-west-2', keyPrefix: 'podlaunch/releases/1.0.0/' };
const ROLES = {
  'NodeBucket.Arn': 'arn:aws:s3:::sagemaker-1',
  'ExecutionRole.Arn': 'arn:aws:iam::111122223333:role/nodes',
  'CopyAssetsRole.Arn': 'arn:aws:iam::111122223333:role/copy',
};
const ADMIN = 'arn:aws:iam::111122223333:role/admin';
const SCIENTIST = 'arn:aws:iam::111122223333:role/studio';
const KEY = 'arn:aws:s3:::sagemaker-1/0123/lifecycle-scripts/argparse.py';

function bucketPolicy(location?: typeof RELEASE, parameters: Record<string, string> = {}) {
  const template = dataOf('prerequisites', DEFAULTS, location);
  return resolved(template, template.Resources.NodeBucketPolicy.Properties.PolicyDocument, { ...ROLES, ...parameters });
}

const published = bucketPolicy(RELEASE);
const call = (principal: string, action: string, resource = KEY): Call => {
  return { principal, action, resource, context: { 'aws:SecureTransport': 'true' } };
};

/** What CloudFormation asks of S3 for a bucket and its policy: registry handlers of AWS::S3::Bucket and BucketPolicy. */
const CLOUDFORMATION = [
  ...['s3:CreateBucket', 's3:DeleteBucket', 's3:ListBucket', 's3:GetBucketPolicy', 's3:PutBucketPolicy'],
  ...['s3:DeleteBucketPolicy', 's3:PutBucketVersioning', 's3:PutLifecycleConfiguration', 's3:PutBucketNotification'],
  ...['s3:PutEncryptionConfiguration', 's3:PutBucketPublicAccessBlock', 's3:PutBucketOwnershipControls'],
  ...['s3:PutBucketTagging', 's3:PutReplicationConfiguration', 's3:PutBucketLogging', 's3:PutBucketAcl'],
];

// Judged by an evaluator of our own (test/support/policy-evaluator.ts): the emulator lets CloudFormation do everything.
describe('the policy of the node bucket', () => {
  test.each(['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObjectTagging'])(
    'who may write to every bucket with sagemaker in its name does not get past it: %s',
    (action) => {
      expect(judged(published, call(SCIENTIST, action))).toBe('Deny');
      expect(judged(published, call(ADMIN, action))).toBe('Deny');
      expect(judged(published, call(ROLES['ExecutionRole.Arn'], action))).toBe('Deny');
      expect(judged(published, call(ROLES['CopyAssetsRole.Arn'], action))).toBeUndefined();
    },
  );

  test('nodes and people may read', () => {
    for (const principal of [ROLES['ExecutionRole.Arn'], ADMIN]) {
      expect(judged(published, call(principal, 's3:GetObject'))).toBeUndefined();
      expect(judged(published, call(principal, 's3:ListBucket', ROLES['NodeBucket.Arn']))).toBeUndefined();
    }
  });

  test.each([
    ['its user', { 'aws:CalledVia': 'cloudformation.amazonaws.com' }],
    ['a service role, whose calls do not say that CloudFormation makes them', {}],
  ])('update and delete of the stack by %s are never locked out', (_, context) => {
    for (const policy of [published, bucketPolicy(), bucketPolicy(undefined, { ScriptsUploaderArn: ADMIN })]) {
      for (const action of CLOUDFORMATION) {
        const asked = call(ADMIN, action, ROLES['NodeBucket.Arn']);
        expect(judged(policy, { ...asked, context: { ...asked.context, ...context } }), action).toBeUndefined();
      }
    }
  });

  test('without a release the named uploader writes, and nobody else but the copy function, which empties the bucket', () => {
    const policy = bucketPolicy(undefined, { ScriptsUploaderArn: ADMIN });
    expect(judged(policy, call(ADMIN, 's3:PutObject'))).toBeUndefined();
    expect(judged(policy, call(ROLES['CopyAssetsRole.Arn'], 's3:DeleteObjectVersion'))).toBeUndefined();
    expect(judged(policy, call(SCIENTIST, 's3:PutObject'))).toBe('Deny');
  });

  test('without a release and an uploader it is IAM alone that decides', () => {
    expect(judged(bucketPolicy(), call(SCIENTIST, 's3:PutObject'))).toBeUndefined();
    expect(judged(bucketPolicy(), call(ROLES['ExecutionRole.Arn'], 's3:PutObject'))).toBe('Deny');
  });

  test('a request without TLS is refused', () => {
    expect(judged(published, { ...call(ADMIN, 's3:GetObject'), context: { 'aws:SecureTransport': 'false' } })).toBe(
      'Deny',
    );
  });
});
