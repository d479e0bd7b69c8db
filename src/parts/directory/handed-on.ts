import {
  FILE_SYSTEM_DNS_NAME,
  FILE_SYSTEM_MOUNT_NAME,
  LINKED_ROLE_ARN,
  NODE_BUCKET_NAME,
  type ParameterPattern,
} from '../../aws/patterns.ts';
import { passedText } from '../base/needs.ts';

/** What only the cluster stack needs: asked of the directory stack too, so that the link to the cluster's can have it filled in. */
const words = (label: string, pattern: ParameterPattern) => ({
  group: 'Handed on to the stack cluster (outputs of stack 1, prerequisites)' as const,
  label,
  Description:
    'Filled in, it is filled in in the form of the cluster stack too. Here only the role is used: it never reads the password of Admin.',
  ...pattern,
});

/** The role, for who uses it on its way. */
export const HANDED_ON_ROLE = words('Execution role', LINKED_ROLE_ARN);

export const HANDED_ON = {
  NodeBucketName: passedText<string>(words('Bucket of the scripts', NODE_BUCKET_NAME)),
  FileSystemDnsName: passedText<string>(words('DNS name of the file system', FILE_SYSTEM_DNS_NAME)),
  FileSystemMountName: passedText<string>(words('Mount name of the file system', FILE_SYSTEM_MOUNT_NAME)),
} as const;
