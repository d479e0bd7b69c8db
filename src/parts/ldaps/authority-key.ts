import { why } from '../../aws/comments.ts';
import type { Presence } from '../../aws/conditions.ts';
import type { Role } from '../../aws/generated/iam-role.ts';
import { Key } from '../../aws/generated/kms-key.ts';
import { accountId, partition } from '../../aws/intrinsics.ts';
import { policy } from '../../aws/policy.ts';
import { sub } from '../../aws/sub.ts';
import type { ResourceHandle, Template } from '../../aws/template.ts';

const OF_THIS_KEY = "In a key's policy * is the key itself.";

/** All that the account's administrators may do with the key: no signature, and no grant of one. */
const ADMINISTRATION = [
  ...['Describe', 'Enable', 'Disable', 'Get', 'List', 'Update'].map((verb) => `kms:${verb}*`),
  ...['PutKeyPolicy', 'RevokeGrant', 'ScheduleKeyDeletion', 'CancelKeyDeletion', 'TagResource', 'UntagResource'].map(
    (action) => `kms:${action}`,
  ),
];

/**
 * The key of the stack's certificate authority. It never leaves KMS; the one role may sign with it. What it has signed is
 * worth nothing without the directory, so it goes with the stack, 30 days later.
 */
export function authorityKey(
  template: Template,
  signer: ResourceHandle<Role>,
  condition: Presence,
): ResourceHandle<Key> {
  return template.resource(
    'AuthorityKey',
    new Key({
      Description: "The certificate authority of the directory's load balancer",
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      PendingWindowInDays: 30,
      KeyPolicy: policy(
        why(`${OF_THIS_KEY} The account administers it and does not sign.`, {
          Sid: 'AdministerButNotSign',
          Effect: 'Allow',
          Principal: { AWS: sub`arn:${partition}:iam::${accountId}:root` },
          Resource: '*',
          Action: ADMINISTRATION,
        }),
        why(OF_THIS_KEY, {
          Sid: 'Sign',
          Effect: 'Allow',
          Principal: { AWS: signer.get('Arn') },
          Action: 'kms:Sign',
          Resource: '*',
          Condition: { StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' } },
        }),
        why(OF_THIS_KEY, {
          Sid: 'ReadPublicKey',
          Effect: 'Allow',
          Principal: { AWS: signer.get('Arn') },
          Action: 'kms:GetPublicKey',
          Resource: '*',
        }),
      ),
    }),
    { tag: 'authority', condition },
  );
}
