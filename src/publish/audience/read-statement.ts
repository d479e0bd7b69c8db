import { partitionOf } from '../../aws/partition.ts';
import { CHANNELS, HISTORY, KEYS, RELEASES } from '../../release/layout.ts';
import type { S3Target } from '../../release/target.ts';
import type { Audience } from './audience.ts';
import type { PolicyStatement } from './policy-statement.ts';

/** The ARN of a key of a place. */
export function arnOf({ bucket, prefix, region }: S3Target, key: string): string {
  return `arn:${partitionOf(region).name}:s3:::${bucket}/${prefix}${key}`;
}

/** The ARN of what is below a key of a place. */
export function arnBelow(target: S3Target, key: string): string {
  return `${arnOf(target, key)}*`;
}

/** The statement of a bucket's policy that lets an audience read what is published to a place, and nothing else. */
export function readStatement(target: S3Target, audience: Audience): PolicyStatement {
  const { name: partition } = partitionOf(target.region);
  const accounts = audience.kind === 'accounts' ? audience.accounts : [];
  return {
    Sid: 'PodlaunchRead',
    Effect: 'Allow',
    Principal: audience.kind === 'accounts' ? { AWS: accounts.map((id) => `arn:${partition}:iam::${id}:root`) } : '*',
    Action: 's3:GetObject',
    Resource: [arnBelow(target, RELEASES), arnBelow(target, CHANNELS), arnOf(target, HISTORY), arnOf(target, KEYS)],
    ...(audience.kind === 'org' && { Condition: { StringEquals: { 'aws:PrincipalOrgID': audience.organization } } }),
  };
}

/** How to let an audience read, for a hint: the statement, and what else is in everyone's way. */
export function readHint(target: S3Target, audience: Audience): string {
  const everyone =
    'It opens releases/, channels/, releases.json and keys.json and nothing else. For it, BlockPublicPolicy and RestrictPublicBuckets must be off in the Block Public Access settings of the bucket ' +
    '(BlockPublicAcls and IgnorePublicAcls can stay on) and of the account. The settings of the account guard all its other buckets too: best is an account for releases alone. ' +
    'Encrypt with SSE-S3: nobody reads SSE-KMS objects without credentials. ';
  return (
    `Add the statement below to the policy of ${target.bucket}, or let podlaunch bucket create make a bucket that has it. ` +
    `${audience.kind === 'public' ? everyone : ''}` +
    `Then run the command again; it goes on where it stopped.\n${JSON.stringify(readStatement(target, audience), null, 2)}`
  );
}

/** The line for the AWS CLI that lets a policy open the bucket to everyone. */
export function openCommand({ bucket, region }: S3Target): string {
  const settings = 'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=false,RestrictPublicBuckets=false';
  return `aws s3api put-public-access-block --region ${region} --bucket ${bucket} --public-access-block-configuration ${settings}`;
}
