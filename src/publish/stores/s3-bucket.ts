import type { BucketLocationConstraint } from '@aws-sdk/client-s3';
import type { S3Connection } from './s3-client.ts';

/** The settings of Block Public Access that speak of policies. */
export interface PublicAccessBlock {
  /** Refuses policies that open the bucket to everyone. */
  readonly blockPublicPolicy: boolean;
  /** Keeps everyone out, whatever the policy says. */
  readonly restrictPublicBuckets: boolean;
}

/** What a bucket is asked and told beside its objects. Every function throws a Refusal with a code of its own when S3 refuses. */
export interface S3Bucket {
  /** Whether there is such a bucket. */
  exists(): Promise<boolean>;
  /** Whether anything is kept in it. */
  isEmpty(): Promise<boolean>;
  /** The text of its policy; undefined when it has none. */
  policy(): Promise<string | undefined>;
  /** Its own Block Public Access settings; those of the account come on top, and cannot be seen from here. */
  publicAccessBlock(): Promise<PublicAccessBlock>;
  create(): Promise<void>;
  setPublicAccessBlock(block: PublicAccessBlock): Promise<void>;
  enableVersioning(): Promise<void>;
  setPolicy(text: string): Promise<void>;
  /** Lets scripts of one origin read what anybody may read. S3 knows this of whole buckets only. */
  setReadingOrigin(origin: string): Promise<void>;
}

export function bucketOf({ sdk, client, target, bucket, ask }: S3Connection): S3Bucket {
  return {
    async exists() {
      const found = ask(
        'look at the bucket',
        client.send(new sdk.HeadBucketCommand(bucket)),
        'NotFound',
        'NoSuchBucket',
      );
      return (await found) !== undefined;
    },
    async isEmpty() {
      const listing = client.send(new sdk.ListObjectsV2Command({ ...bucket, MaxKeys: 1 }));
      return ((await ask('list the bucket', listing))!.KeyCount ?? 0) === 0;
    },
    async policy() {
      const answer = client.send(new sdk.GetBucketPolicyCommand(bucket));
      return (await ask('read the policy of the bucket', answer, 'NoSuchBucketPolicy'))?.Policy;
    },
    async publicAccessBlock() {
      const answer = client.send(new sdk.GetPublicAccessBlockCommand(bucket));
      const doing = 'read the Block Public Access settings of the bucket';
      const found = await ask(doing, answer, 'NoSuchPublicAccessBlockConfiguration');
      const { BlockPublicPolicy = false, RestrictPublicBuckets = false } = found?.PublicAccessBlockConfiguration ?? {};
      return { blockPublicPolicy: BlockPublicPolicy, restrictPublicBuckets: RestrictPublicBuckets };
    },
    async create() {
      // us-east-1 is the place of a bucket without a location.
      const location = target.region !== 'us-east-1' && {
        CreateBucketConfiguration: { LocationConstraint: target.region as BucketLocationConstraint },
      };
      await ask('make the bucket', client.send(new sdk.CreateBucketCommand({ Bucket: target.bucket, ...location })));
    },
    async setPublicAccessBlock({ blockPublicPolicy, restrictPublicBuckets }) {
      const PublicAccessBlockConfiguration = {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: blockPublicPolicy,
        RestrictPublicBuckets: restrictPublicBuckets,
      };
      const command = new sdk.PutPublicAccessBlockCommand({ ...bucket, PublicAccessBlockConfiguration });
      await ask('set Block Public Access of the bucket', client.send(command));
    },
    async enableVersioning() {
      const VersioningConfiguration = { Status: 'Enabled' as const };
      const command = new sdk.PutBucketVersioningCommand({ ...bucket, VersioningConfiguration });
      await ask('turn on versioning', client.send(command));
    },
    async setPolicy(text) {
      const command = new sdk.PutBucketPolicyCommand({ ...bucket, Policy: text });
      await ask('set the policy of the bucket', client.send(command));
    },
    async setReadingOrigin(origin) {
      const CORSConfiguration = {
        CORSRules: [{ ID: 'podlaunch-page', AllowedOrigins: [origin], AllowedMethods: ['GET'], MaxAgeSeconds: 3600 }],
      };
      const command = new sdk.PutBucketCorsCommand({ ...bucket, CORSConfiguration });
      await ask('let the launch page read the bucket', client.send(command));
    },
  };
}
