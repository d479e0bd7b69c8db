import { type Condition, when } from '../aws/conditions.ts';
import { CustomResource } from '../aws/custom-resource.ts';
import { Role } from '../aws/generated/iam-role.ts';
import { Function as LambdaFunction } from '../aws/generated/lambda-function.ts';
import { LogGroup } from '../aws/generated/logs-log-group.ts';
import type { Bucket } from '../aws/generated/s3-bucket.ts';
import { noValue, partition, stackId } from '../aws/intrinsics.ts';
import { assumedBy, policy } from '../aws/policy.ts';
import { sub } from '../aws/sub.ts';
import type { AnyHandle, ResourceHandle, Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';
import { COPY_ASSETS_CODE } from '../functions/generated/copy-assets.ts';

/** Seconds that the copy may take; the function answers for itself shortly before. */
const TIMEOUT = 600;

export interface AssetCopyInput {
  readonly bucket: ResourceHandle<Bucket>;
  /** SHA-256 of assets.json, hex: proves what is copied, and is the prefix it is copied under. */
  readonly assetsSha256: string;
  readonly release: {
    /** Whether there is a release to copy from; without one the function only empties the bucket in the end. */
    readonly given: Condition;
    readonly bucketName: Expression<string>;
    readonly bucketRegion: Expression<string>;
    /** Ends in `/`. */
    readonly keyPrefix: Expression<string>;
  };
}

export interface AssetCopy {
  /** What copies: the scripts are there once it is. */
  readonly assets: AnyHandle;
  /** As whom it copies. */
  readonly role: ResourceHandle<Role>;
}

/** Copies the release's node scripts into the launcher's bucket, each proved by its hash, and empties the bucket when the stack goes. */
export function assetCopy(template: Template, input: AssetCopyInput): AssetCopy {
  const { bucket, release } = input;
  const logs = template.resource('CopyAssetsLogs', new LogGroup({ RetentionInDays: 30 }), { tag: 'copy-assets' });
  const role = template.resource(
    'CopyAssetsRole',
    new Role({
      AssumeRolePolicyDocument: assumedBy('lambda.amazonaws.com'),
      Policies: [
        {
          PolicyName: 'copy-assets',
          PolicyDocument: policy(
            {
              Effect: 'Allow',
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: logs.get('Arn'),
            },
            when(
              release.given,
              {
                Sid: 'ReadRelease',
                Effect: 'Allow' as const,
                Action: 's3:GetObject',
                Resource: sub`arn:${partition}:s3:::${release.bucketName}/${release.keyPrefix}*`,
              },
              noValue,
            ),
            {
              Sid: 'ListCopies',
              Effect: 'Allow',
              Action: ['s3:ListBucket', 's3:ListBucketVersions'],
              Resource: bucket.get('Arn'),
            },
            {
              Sid: 'WriteCopies',
              Effect: 'Allow',
              Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
              Resource: sub`${bucket.get('Arn')}/*`,
            },
            {
              Sid: 'IsTheStackGoing',
              Effect: 'Allow',
              Action: 'cloudformation:DescribeStacks',
              Resource: stackId,
            },
          ),
        },
      ],
    }),
    { tag: 'copy-assets' },
  );
  const code = template.resource(
    'CopyAssetsFunction',
    new LambdaFunction({
      Description: 'Copies the scripts that run on the nodes, and proves each by its hash',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: TIMEOUT,
      MemorySize: 512,
      Role: role.get('Arn'),
      LoggingConfig: { LogGroup: logs.ref() },
      Code: { ZipFile: COPY_ASSETS_CODE },
    }),
    { tag: 'copy-assets' },
  );
  const assets = template.resource(
    'Assets',
    new CustomResource('Custom::CopyAssets', {
      ServiceToken: code.get('Arn'),
      ServiceTimeout: TIMEOUT + 60,
      Bucket: bucket.ref(),
      SourceBucket: release.bucketName,
      SourceRegion: release.bucketRegion,
      SourcePrefix: release.keyPrefix,
      AssetsSha256: input.assetsSha256,
    }),
    {
      comment: 'The subnets depend on this: a delete that a live cluster stops leaves its scripts where they are.',
    },
  );
  return { assets, role };
}
