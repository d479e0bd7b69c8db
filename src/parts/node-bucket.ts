import { Bucket } from '../aws/generated/s3-bucket.ts';
import { BucketPolicy } from '../aws/generated/s3-bucket-policy.ts';
import { select, split, stackId } from '../aws/intrinsics.ts';
import { policy } from '../aws/policy.ts';
import { sub } from '../aws/sub.ts';
import type { ResourceHandle, Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';
import { tags } from './tags.ts';

/**
 * The launcher's own bucket, which nodes read their scripts from: private, encrypted, versioned. HyperPod reads only
 * from buckets whose name starts with `sagemaker-`; the stack's UUID makes it unique. It holds copies only, and goes
 * with its stack.
 */
export function nodeBucket(template: Template, project: string): ResourceHandle<Bucket> {
  return template.resource(
    'NodeBucket',
    new Bucket({
      BucketName: sub`sagemaker-${{ StackUuid: select(2, split('/', stackId)) }}`,
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      Tags: tags(project, 'nodes'),
    }),
    { comment: 'Copies of the scripts that run on the nodes. A replaced node reads them again.' },
  );
}

/** TLS only, and nodes may do nothing but read: who writes here is root on the next node that is replaced. */
export function nodeBucketPolicy(
  template: Template,
  bucket: ResourceHandle<Bucket>,
  nodeRoleArn: Expression<string>,
): ResourceHandle<BucketPolicy> {
  const everything = [bucket.get('Arn'), sub`${bucket.get('Arn')}/*`];
  return template.resource(
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
          Principal: { AWS: nodeRoleArn },
          NotAction: ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:GetBucketLocation'],
          Resource: everything,
        },
      ),
    }),
  );
}
