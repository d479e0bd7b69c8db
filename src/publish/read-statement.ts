import type { Audience } from './audience.ts';
import { partitionOf } from './partition.ts';
import type { PolicyStatement } from './policy-statement.ts';
import type { S3Target } from './target.ts';

/** The statement of a bucket's policy that lets an audience read what is published to a place, and nothing else. */
export function readStatement(target: S3Target, audience: Audience): PolicyStatement {
  const { name: partition } = partitionOf(target.region);
  const accounts = audience.kind === 'accounts' ? audience.accounts : [];
  return {
    Sid: 'PodlaunchRead',
    Effect: 'Allow',
    Principal: audience.kind === 'accounts' ? { AWS: accounts.map((id) => `arn:${partition}:iam::${id}:root`) } : '*',
    Action: 's3:GetObject',
    Resource: `arn:${partition}:s3:::${target.bucket}/${target.prefix}*`,
    ...(audience.kind === 'org' && { Condition: { StringEquals: { 'aws:PrincipalOrgID': audience.organization } } }),
  };
}

/** How to let an audience read, for a hint: the statement, and what else stands in everyone's way. */
export function readHint(target: S3Target, audience: Audience): string {
  const block =
    'Turn off BlockPublicPolicy and RestrictPublicBuckets in the Block Public Access settings of the bucket and of the account ' +
    '(BlockPublicAcls and IgnorePublicAcls can stay on), and encrypt with SSE-S3: nobody reads SSE-KMS objects without credentials. ';
  return (
    `Add the statement below to the policy of ${target.bucket}. ${audience.kind === 'public' ? block : ''}` +
    `Then run the command again; it goes on where it stopped.\n${JSON.stringify(readStatement(target, audience), null, 2)}`
  );
}
