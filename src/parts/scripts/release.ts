import { equals, not, or } from '../../aws/conditions.ts';
import { BUCKET_NAME, KEY_PREFIX, PRINCIPAL_ARN, REGION } from '../../aws/patterns.ts';
import { part } from '../base/part.ts';

interface Location {
  readonly bucketName: string;
  readonly bucketRegion: string;
  readonly keyPrefix: string;
}

/**
 * A published template takes no other release than its own. The console's form of an update shows the value that the
 * stack has: with that of an older release the update would copy its scripts, and fail by their hash.
 */
function onlyItsOwn({ keyPrefix }: Location) {
  return {
    AllowedValues: [keyPrefix, ''],
    ConstraintDescription: `Of the release of this template, such as ${keyPrefix}.`,
  };
}

/** Where the release is that the template is part of. Publishing fills it in. */
export const release = part({
  name: 'release',
  group: 'Release (filled in by the publisher)',
  choices(form, { location }: { readonly location: Location | undefined }) {
    const bucketName = form.optional('ReleaseBucketName', {
      label: 'Bucket',
      Description: 'Bucket that the node scripts are copied from. Empty: nothing is copied.',
      Default: location?.bucketName ?? '',
      ...BUCKET_NAME,
    });
    const bucketRegion = form.optional('ReleaseBucketRegion', {
      label: 'Region of the bucket',
      Description: 'Region of the bucket that the node scripts are copied from.',
      Default: location?.bucketRegion ?? '',
      ...REGION,
    });
    const keyPrefix = form.optional('ReleaseKeyPrefix', {
      label: 'Key prefix',
      Description: 'Where the release is in its bucket. Ends in a slash.',
      Default: location?.keyPrefix ?? '',
      ...KEY_PREFIX,
      ...(location && onlyItsOwn(location)),
    });
    const uploaderArn = form.optional('ScriptsUploaderArn', {
      label: 'Uploader',
      Description:
        'Role or user that may copy node scripts into the bucket beside the release, such as the one that runs CopyScriptsCommand. Without a release and empty: anyone who IAM allows to.',
      ...PRINCIPAL_ARN,
    });
    form.rule('WholeReleaseLocation', {
      when: not(equals(bucketName, '')),
      assertions: [
        { assert: not(equals(bucketRegion, '')), description: 'A ReleaseBucketName needs its ReleaseBucketRegion.' },
        { assert: not(equals(keyPrefix, '')), description: 'A ReleaseBucketName needs its ReleaseKeyPrefix.' },
      ],
    });
    const given = form.condition('HasRelease', not(equals(bucketName, '')));
    const uploader = { arn: uploaderArn, given: form.condition('HasUploader', not(equals(uploaderArn, ''))) };
    const writersAreKnown = form.condition('WritersAreKnown', or(given, uploader.given));
    return { release: { given, bucketName, bucketRegion, keyPrefix, uploader, writersAreKnown } };
  },
  gives: { release: 'Where the release is, and who else copies scripts.' },
  build: (_, { release }) => ({ release }),
});
