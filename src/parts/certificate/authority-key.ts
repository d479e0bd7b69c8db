import type { Role } from '../../aws/generated/iam-role.ts';
import { Key } from '../../aws/generated/kms-key.ts';
import { accountId, partition } from '../../aws/intrinsics.ts';
import { policy } from '../../aws/policy.ts';
import { sub } from '../../aws/sub.ts';
import type { ResourceHandle, Template } from '../../aws/template.ts';

/** All that the account's administrators may do with the key: whoever may sign with it can vouch for the directory. */
const ADMINISTRATION = [
  ...['Create', 'Describe', 'Enable', 'List', 'Put', 'Update', 'Revoke', 'Disable', 'Get', 'Delete'].map(
    (verb) => `kms:${verb}*`,
  ),
  ...['TagResource', 'UntagResource', 'ScheduleKeyDeletion', 'CancelKeyDeletion'].map((action) => `kms:${action}`),
];

/**
 * The key of the stack's certificate authority. It never leaves KMS; the one role may sign with it. What it has signed is
 * worth nothing without the directory, so it goes with the stack, 30 days later.
 */
export function authorityKey(template: Template, signer: ResourceHandle<Role>): ResourceHandle<Key> {
  return template.resource(
    'AuthorityKey',
    new Key({
      Description: "The certificate authority of the directory's load balancer",
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      PendingWindowInDays: 30,
      KeyPolicy: policy(
        {
          Sid: 'AdministerButNotSign',
          Effect: 'Allow',
          Principal: { AWS: sub`arn:${partition}:iam::${accountId}:root` },
          Action: ADMINISTRATION,
          Resource: '*',
        },
        {
          Sid: 'Sign',
          Effect: 'Allow',
          Principal: { AWS: signer.get('Arn') },
          Action: 'kms:Sign',
          Resource: '*',
          Condition: { StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' } },
        },
        {
          Sid: 'ReadPublicKey',
          Effect: 'Allow',
          Principal: { AWS: signer.get('Arn') },
          Action: 'kms:GetPublicKey',
          Resource: '*',
        },
      ),
    }),
    { tag: 'authority' },
  );
}
