import type { Config } from '../config/config.ts';
import type { Readers } from '../publish/audience/open-reader.ts';

type Publish = Pick<Config, 'publish'>;

/** Who reads releases: the audience of the options, else of podlaunch.yaml, from a bucket of the account that it names. */
export function readersOf(
  config: Publish,
  { audience = config.publish.audience }: { readonly audience?: string },
): Readers {
  return { audience, ...bucketOwner(config, {}) };
}

/** The account that must own the bucket: of the options, else of podlaunch.yaml; no key where neither names one. */
export function bucketOwner(
  { publish }: Publish,
  { expectedBucketOwner = publish.expectedBucketOwner }: Pick<Readers, 'expectedBucketOwner'>,
): Pick<Readers, 'expectedBucketOwner'> {
  return expectedBucketOwner === undefined ? {} : { expectedBucketOwner };
}
