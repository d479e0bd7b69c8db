import { type Condition, equals, not } from '../aws/conditions.ts';
import { BUCKET_NAME, KEY_PREFIX, optional, PRINCIPAL_ARN, REGION } from '../aws/patterns.ts';
import type { Template } from '../aws/template.ts';
import type { Expression } from '../aws/value.ts';
import type { ReleaseLocation } from './release-location.ts';

export interface ReleaseParameters {
  /** Whether the template came with a release. */
  readonly given: Condition;
  readonly bucketName: Expression<string>;
  readonly bucketRegion: Expression<string>;
  readonly keyPrefix: Expression<string>;
  /** Who copies the scripts by hand, and nobody else: for a template that came without a release. */
  readonly uploader: { readonly given: Condition; readonly arn: Expression<string> };
}

/**
 * Where the release lies that the template is part of. Publishing fills in the defaults: the only difference between a
 * published template and one of dist/.
 */
export function releaseParameters(template: Template, location?: ReleaseLocation): ReleaseParameters {
  const group = 'Release (filled in by the publisher)';
  const bucketName = template.parameter('ReleaseBucketName', {
    Type: 'String',
    group,
    label: 'Bucket',
    Description: 'Optional - Bucket that the node scripts are copied from. Empty: nothing is copied.',
    Default: location?.bucketName ?? '',
    ...optional(BUCKET_NAME),
  });
  const bucketRegion = template.parameter('ReleaseBucketRegion', {
    Type: 'String',
    group,
    label: 'Region of the bucket',
    Description: 'Optional - Region of the bucket that the node scripts are copied from.',
    Default: location?.bucketRegion ?? '',
    ...optional(REGION),
  });
  const keyPrefix = template.parameter('ReleaseKeyPrefix', {
    Type: 'String',
    group,
    label: 'Key prefix',
    Description: 'Optional - Where the release lies in its bucket. Ends in a slash.',
    Default: location?.keyPrefix ?? '',
    ...optional(KEY_PREFIX),
  });
  const uploader = template.parameter('ScriptsUploaderArn', {
    Type: 'String',
    group,
    label: 'Uploader',
    Description:
      'Optional - Role or user that may copy node scripts into the bucket beside the release, such as the one that runs CopyScriptsCommand. Without a release and empty: whoever IAM allows to.',
    Default: '',
    ...optional(PRINCIPAL_ARN),
  });
  template.rule('WholeReleaseLocation', {
    when: not(equals(bucketName.ref(), '')),
    assertions: [
      {
        assert: not(equals(bucketRegion.ref(), '')),
        description: 'A ReleaseBucketName needs its ReleaseBucketRegion.',
      },
      { assert: not(equals(keyPrefix.ref(), '')), description: 'A ReleaseBucketName needs its ReleaseKeyPrefix.' },
    ],
  });
  return {
    given: template.condition('HasRelease', not(equals(bucketName.ref(), ''))),
    bucketName: bucketName.ref(),
    bucketRegion: bucketRegion.ref(),
    keyPrefix: keyPrefix.ref(),
    uploader: { given: template.condition('HasUploader', not(equals(uploader.ref(), ''))), arn: uploader.ref() },
  };
}
