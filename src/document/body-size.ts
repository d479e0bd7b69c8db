/** The largest template CloudFormation takes (from S3), in bytes. */
export const MAX_BODY = 1_000_000;

/** The largest body that `aws cloudformation deploy` and ValidateTemplate take without a bucket, in bytes. */
export const MAX_INLINE_BODY = 51_200;
