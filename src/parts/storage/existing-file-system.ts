import { equals, not, or } from '../../aws/conditions.ts';
import { FILE_SYSTEM_DNS_NAME, FILE_SYSTEM_MOUNT_NAME } from '../../aws/patterns.ts';
import { part } from '../base/part.ts';

/** A stack that makes its file system, or none. */
export const noExistingFileSystem = part({
  name: 'no-existing-file-system',
  build: () => ({ existingFileSystem: undefined }),
  gives: { existingFileSystem: 'No file system that exists.' },
});

/** Asks for a file system that exists already, such as one that an earlier stack has kept. */
export const existingFileSystem = part({
  name: 'existing-file-system',
  group: 'Existing file system (leave empty to make one)',
  choices(form) {
    const dnsName = form.optional('ExistingFileSystemDnsName', {
      label: 'DNS name',
      Description:
        "A file system for Lustre that exists, in the cluster's subnet and security group. Give its mount name too.",
      ...FILE_SYSTEM_DNS_NAME,
    });
    const mountName = form.optional('ExistingFileSystemMountName', {
      label: 'Mount name',
      Description: 'Mount name of this file system.',
      ...FILE_SYSTEM_MOUNT_NAME,
    });
    const names = [dnsName, mountName].map((name) => equals(name, ''));
    form.rule('WholeFileSystemOrNone', {
      assertions: [
        {
          assert: or(not(names[0]!), names[1]!),
          description: 'An ExistingFileSystemMountName needs its ExistingFileSystemDnsName.',
        },
        {
          assert: or(names[0]!, not(names[1]!)),
          description: 'An ExistingFileSystemDnsName needs its ExistingFileSystemMountName.',
        },
      ],
    });
    const given = form.condition('HasExistingFileSystem', not(equals(dnsName, '')));
    return { existingFileSystem: { given, dnsName, mountName } };
  },
  build: (_, { existingFileSystem }) => ({ existingFileSystem }),
  gives: { existingFileSystem: 'A file system that exists already.' },
});
