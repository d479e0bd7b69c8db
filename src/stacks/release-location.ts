/** Where a release is in S3; compiled into the templates as the defaults of ReleaseBucketName, ReleaseBucketRegion and ReleaseKeyPrefix. */
export interface ReleaseLocation {
  readonly bucketName: string;
  readonly bucketRegion: string;
  /** Ends in `/`: `podlaunch/releases/0.1.0-1a2b3c4d/`. */
  readonly keyPrefix: string;
}

/** A place, the same for every release: with it the templates have all that a release has. */
export const ANYWHERE: ReleaseLocation = { bucketName: 'anywhere', bucketRegion: 'us-east-1', keyPrefix: '' };

/** Where a template is within its release. */
export function templatePath(file: string): string {
  return `templates/${file}`;
}
