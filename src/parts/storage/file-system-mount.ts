import { equals, not, or, when } from '../../aws/conditions.ts';
import { FILE_SYSTEM_DNS_NAME, FILE_SYSTEM_MOUNT_NAME, MOUNT_PATH } from '../../aws/patterns.ts';
import { sub } from '../../aws/sub.ts';
import { optionalText, passedText } from '../base/needs.ts';
import { part } from '../base/part.ts';

const group = 'File system (outputs of stack 1, prerequisites)';

/** Where nodes mount the shared file system, if there is one. */
export const fileSystemMount = part({
  name: 'file-system-mount',
  group,
  needs: {
    FileSystemDnsName: optionalText({
      group,
      label: 'DNS name',
      Description: 'File system for Lustre. Empty: none is mounted, and homes are local to each node.',
      given: 'HasFileSystem',
      ...FILE_SYSTEM_DNS_NAME,
    }),
    FileSystemMountName: passedText({
      group,
      label: 'Mount name',
      Description: 'Mount name of the file system.',
      ...FILE_SYSTEM_MOUNT_NAME,
    }),
  },
  choices: (form, { storage }: { readonly storage: { readonly mountPath: string } }) => ({
    mountPath: form.text('FileSystemMountPath', {
      label: 'Mount path',
      Description: 'Where nodes mount it. Homes are in the folder home below it.',
      Default: storage.mountPath,
      MaxLength: 255,
      ...MOUNT_PATH,
    }),
  }),
  rules: [
    {
      name: 'WholeFileSystem',
      of: ['FileSystemDnsName', 'FileSystemMountName'],
      check: ({ FileSystemDnsName, FileSystemMountName }) => ({
        assertions: [
          {
            assert: or(equals(FileSystemDnsName.ref(), ''), not(equals(FileSystemMountName.ref(), ''))),
            description: 'A FileSystemDnsName needs its FileSystemMountName.',
          },
          {
            assert: or(equals(FileSystemMountName.ref(), ''), not(equals(FileSystemDnsName.ref(), ''))),
            description: 'A FileSystemMountName needs its FileSystemDnsName.',
          },
        ],
      }),
    },
  ],
  build(_, { FileSystemDnsName: { given, value: dnsName }, FileSystemMountName: { value: mountName }, mountPath }) {
    const homeRoot = when(given, sub`${mountPath}/home`, '/home');
    return { mount: { given, dnsName, mountName, mountPath, homeRoot } };
  },
  gives: { mount: 'The file system that nodes mount, and where.' },
});
