import { RELEASES } from '../../release/layout.ts';
import type { S3Target } from '../../release/target.ts';
import type { Audience } from './audience.ts';
import type { PolicyStatement } from './policy-statement.ts';
import { arnBelow, readStatement } from './read-statement.ts';

/** A bucket's policy, as JSON. */
export interface BucketPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/**
 * The policy of a bucket of releases: the audience reads them, and what is in a release is written once and never
 * deleted, whoever's credentials are used. A write must carry If-None-Match, which S3 refuses over an existing object:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html. Parts of a multipart upload
 * cannot carry it, so there is none of those either. Who may change the policy can lift all of this.
 */
export function bucketPolicy(target: S3Target, audience: Audience): BucketPolicy {
  const releases = arnBelow(target, RELEASES);
  return {
    Version: '2012-10-17',
    Statement: [
      readStatement(target, audience),
      {
        Sid: 'PodlaunchWrittenOnce',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: releases,
        Condition: { Null: { 's3:if-none-match': 'true' } },
      },
      {
        Sid: 'PodlaunchNeverDeleted',
        Effect: 'Deny',
        Principal: '*',
        Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
        Resource: releases,
      },
    ],
  };
}
