import type { Condition } from '../../aws/conditions.ts';
import type { Bucket } from '../../aws/generated/s3-bucket.ts';
import { partition } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import type { ResourceHandle, Template } from '../../aws/template.ts';
import type { Expression } from '../../aws/value.ts';
import { copyAssets } from '../../functions/copy-assets/function.ts';
import { COPY_ASSETS_CODE } from '../../functions/generated/copy-assets.ts';
import type { AssetCopy } from '../base/handed.ts';
import { lambdaFunction } from '../function/lambda-function.ts';

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

/** Copies the release's node scripts into the launcher's bucket, each proved by its hash, and empties the bucket when the stack goes. */
export function assetCopy(template: Template, { bucket, assetsSha256, release }: AssetCopyInput): AssetCopy {
  const { role, resource: assets } = lambdaFunction(template, copyAssets, {
    code: COPY_ASSETS_CODE,
    grants: {
      ReadRelease: {
        to: sub`arn:${partition}:s3:::${release.bucketName}/${release.keyPrefix}*`,
        when: release.given,
      },
      ListCopies: bucket.get('Arn'),
      WriteCopies: sub`${bucket.get('Arn')}/*`,
    },
    resource: {
      id: 'Assets',
      properties: {
        Bucket: bucket.ref(),
        SourceBucket: release.bucketName,
        SourceRegion: release.bucketRegion,
        SourcePrefix: release.keyPrefix,
        AssetsSha256: assetsSha256,
      },
      options: {
        comment: 'The subnets depend on this: a delete that a live cluster stops leaves its scripts where they are.',
      },
    },
  });
  return { assets, role };
}
