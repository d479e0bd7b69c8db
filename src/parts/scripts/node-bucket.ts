import { when } from '../../aws/conditions.ts';
import { Bucket } from '../../aws/generated/s3-bucket.ts';
import { BucketPolicy } from '../../aws/generated/s3-bucket-policy.ts';
import { noValue, select, split, stackId } from '../../aws/intrinsics.ts';
import { policy } from '../../aws/policy.ts';
import { sub } from '../../aws/sub.ts';
import type { ResourceHandle, Template } from '../../aws/template.ts';
import { made } from '../base/needs.ts';
import { part } from '../base/part.ts';

/**
 * The launcher's own bucket, which nodes read their scripts from: private, encrypted, versioned. HyperPod reads only
 * from buckets whose name starts with `sagemaker-`; the stack's UUID makes it unique. Copies only are in it, and it goes
 * with its stack.
 */
export function nodeBucket(template: Template): ResourceHandle<Bucket> {
  return template.resource(
    'NodeBucket',
    new Bucket({
      BucketName: sub`sagemaker-${{ StackUuid: select(2, split('/', stackId)) }}`,
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      VersioningConfiguration: { Status: 'Enabled' },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    }),
    { tag: 'nodes', comment: 'Copies of the scripts that run on the nodes. A replaced node reads them again.' },
  );
}

/**
 * TLS only; nodes do nothing but read; and nobody but the writers puts or deletes an object: what is in it runs as root
 * on the next node. What CloudFormation itself does to a bucket (its policy, versioning, lifecycle) is never denied,
 * because a stack that may not do it cannot be updated or deleted any more; the alarms tell of it instead.
 */
export const nodeBucketPolicy = part({
  name: 'node-bucket-policy',
  needs: { nodeBucket: made, ExecutionRoleArn: made, assetCopy: made, release: made },
  build(template, { nodeBucket: bucket, ExecutionRoleArn, assetCopy, release: { writersAreKnown, uploader } }) {
    const writers = [assetCopy.role.get('Arn'), when(uploader.given, uploader.arn, noValue)];
    const objects = sub`${bucket.get('Arn')}/*`;
    const everything = [bucket.get('Arn'), objects];
    const policyHandle = template.resource(
      'NodeBucketPolicy',
      new BucketPolicy({
        Bucket: bucket.ref(),
        PolicyDocument: policy(
          {
            Sid: 'TlsOnly',
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: everything,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Sid: 'NodesOnlyRead',
            Effect: 'Deny',
            Principal: { AWS: ExecutionRoleArn },
            NotAction: ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:GetBucketLocation'],
            Resource: everything,
          },
          when(
            writersAreKnown,
            {
              Sid: 'OnlyWritersWrite',
              Effect: 'Deny' as const,
              Principal: '*',
              Action: [
                's3:PutObject',
                's3:PutObjectTagging',
                's3:PutObjectVersionTagging',
                's3:RestoreObject',
                's3:ReplicateObject',
                's3:ReplicateDelete',
                's3:DeleteObject',
                's3:DeleteObjectVersion',
                's3:DeleteObjectTagging',
                's3:DeleteObjectVersionTagging',
              ],
              Resource: objects,
              Condition: { ArnNotEquals: { 'aws:PrincipalArn': writers } },
            },
            noValue,
          ),
        ),
      }),
    );
    return { nodeBucketPolicy: policyHandle };
  },
  gives: { nodeBucketPolicy: 'What says who writes into the bucket of the scripts.' },
});
