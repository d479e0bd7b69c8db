import type { Declaration } from '../lib/declaration.ts';

/** Copies a release's scripts into the launcher's bucket, and empties the bucket when the stack goes. */
export const copyAssets = {
  name: 'copy-assets',
  description: 'Copies the scripts that run on the nodes, and proves each by its hash',
  runtime: 'nodejs24.x',
  memory: 512,
  timeout: 600,
  permissions: {
    ReadRelease: { actions: ['s3:GetObject'], on: 'given' },
    // Without s3:ListBucket S3 calls an object that is missing forbidden.
    ListCopies: { actions: ['s3:ListBucket', 's3:ListBucketVersions'], on: 'given' },
    WriteCopies: {
      actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
      on: 'given',
    },
  },
  resource: {
    type: 'Custom::CopyAssets',
    properties: {
      /** The launcher's bucket. */
      Bucket: 'text',
      /** The release's bucket; empty when the template came without a release. */
      SourceBucket: 'text',
      SourceRegion: 'text',
      /** Where the release is; ends in `/`. */
      SourcePrefix: 'text',
      /** Of assets.json: proves what is copied, and is the prefix it is copied under. */
      AssetsSha256: 'text',
    },
    answers: {},
  },
} as const;
copyAssets satisfies Declaration;
