import { type AwsOptions, awsJson } from './aws-cli.ts';

/**
 * Takes the denials out of a bucket's policy: moto reads no condition of theirs, and would refuse every write. What they
 * do is judged in bucket-policy.test.ts.
 */
export async function withoutDenials(bucket: string, options: AwsOptions): Promise<void> {
  const { Policy } = await awsJson<{ Policy: string }>(['s3api', 'get-bucket-policy', '--bucket', bucket], options);
  const { Version, Statement } = JSON.parse(Policy) as { Version: string; Statement: { Effect: string }[] };
  const policy = JSON.stringify({ Version, Statement: Statement.filter(({ Effect }) => Effect === 'Allow') });
  await awsJson(['s3api', 'put-bucket-policy', '--bucket', bucket, '--policy', policy], options);
}
