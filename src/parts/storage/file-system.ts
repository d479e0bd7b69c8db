import { why } from '../../aws/comments.ts';
import { and, contains, equals, not, or, when } from '../../aws/conditions.ts';
import type { Form } from '../../aws/form.ts';
import { FileSystem } from '../../aws/generated/fsx-file-system.ts';
import { noValue } from '../../aws/intrinsics.ts';
import { EFA_VERSION, efaStep, THROUGHPUTS } from '../../aws/lustre-efa.ts';
import { retention } from '../../aws/retention.ts';
import { made } from '../base/needs.ts';
import { gift, part } from '../base/part.ts';

/** What the launcher may choose, as podlaunch.yaml has it. */
interface Storage {
  readonly create: boolean;
  readonly capacity: number;
  readonly throughput: (typeof THROUGHPUTS)[number];
  readonly compression: 'LZ4' | 'NONE';
  readonly version: '2.12' | '2.15';
  readonly backupDays: number;
  readonly efa: boolean;
}

/** A file system for Lustre, in the cluster's subnet, encrypted with the account's own FSx key. */
export const fileSystem = part({
  name: 'file-system',
  group: 'File system for Lustre',
  choices,
  needs: {
    ClusterSubnetId: made,
    ClusterSecurityGroupId: made,
    natAddress: made,
    networkChoice: made,
    existingFileSystem: made,
  },
  build(
    template,
    { ClusterSubnetId, ClusterSecurityGroupId, natAddress, existingFileSystem: existing, networkChoice, ...chosen },
    { retain }: { readonly retain: boolean },
  ) {
    const wanted = existing
      ? template.condition('MakesFileSystem', and(chosen.wanted, not(existing.given)))
      : chosen.wanted;
    const made = template.resource(
      'FileSystem',
      new FileSystem({
        FileSystemType: 'LUSTRE',
        FileSystemTypeVersion: chosen.version,
        StorageCapacity: chosen.capacity,
        StorageType: 'SSD',
        SubnetIds: [ClusterSubnetId],
        SecurityGroupIds: [ClusterSecurityGroupId],
        LustreConfiguration: {
          DeploymentType: 'PERSISTENT_2',
          PerUnitStorageThroughput: chosen.throughput,
          DataCompressionType: chosen.compression,
          AutomaticBackupRetentionDays: chosen.backupDays,
          CopyTagsToBackups: true,
          EfaEnabled: when(chosen.efa, true, noValue),
          MetadataConfiguration: why(
            'Homes need fast metadata. A file system that is made without this can never have it.',
            {
              Mode: 'AUTOMATIC' as const,
            },
          ),
        },
      }),
      // After what can be refused in seconds, such as one more address: a file system takes minutes and cannot be stopped.
      {
        tag: 'file-system',
        condition: wanted,
        dependsOn: networkChoice.makesRoutes === true ? [natAddress] : [],
        ...retention(retain),
      },
    );
    const dnsName = made.get('DNSName');
    const mountName = made.get('LustreMountName');
    const given = existing ? template.condition('HasFileSystem', or(wanted, existing.given)) : wanted;
    return {
      makesFileSystem: wanted,
      FileSystemId: gift(made.ref(), { given: wanted }),
      FileSystemDnsName: gift(existing ? when(wanted, dnsName, existing.dnsName) : dnsName, { given }),
      FileSystemMountName: gift(existing ? when(wanted, mountName, existing.mountName) : mountName, { given }),
    };
  },
  gives: {
    makesFileSystem: 'Whether a file system is made.',
    FileSystemId: 'The file system, where this stack made it.',
    FileSystemDnsName: 'DNS name of the file system.',
    FileSystemMountName: 'Mount name of the file system.',
  },
});

/** Usual sizes: 1200, or a multiple of 2400; podlaunch.yaml may add another. */
const CAPACITIES = [1200, 2400, 4800, 7200, 9600, 12000, 14400, 19200, 24000, 28800, 36000, 38400, 48000];

function choices(form: Form, { storage }: { readonly storage: Storage }) {
  const create = form.flag('CreateFileSystem', {
    label: 'Create a file system',
    Description:
      'Whether to make a shared file system. Without one each node has homes of its own, and a job leaves its output on the node that ran it. Off and on again makes a new, empty one.',
    Default: storage.create,
  });
  const capacities = [...new Set([...CAPACITIES, storage.capacity])].sort((a, b) => a - b);
  const capacity = form.choice('FileSystemCapacity', {
    label: 'Capacity (GiB)',
    Description: 'What you pay for, used or not. It can grow later.',
    Default: storage.capacity,
    values: capacities,
    ConstraintDescription: 'One of the sizes of the list, such as 4800.',
  });
  const throughput = form.choice('FileSystemThroughput', {
    label: 'Throughput (MB/s per TiB)',
    Description: 'More costs more. An update can change it.',
    Default: storage.throughput,
    values: THROUGHPUTS,
  });
  const compression = form.choice('FileSystemCompression', {
    label: 'Compression',
    Description: 'LZ4 saves space and usually costs no speed.',
    Default: storage.compression,
    values: ['LZ4', 'NONE'],
  });
  const version = form.choice('FileSystemVersion', {
    label: 'Lustre version',
    Description: '2.15, unless the nodes have an older client.',
    Default: storage.version,
    values: ['2.12', '2.15'],
  });
  const backupDays = form.number('FileSystemBackupDays', {
    label: 'Days of backups',
    Description: 'For how many days FSx keeps a daily backup. 0: none, and what people delete is gone.',
    Default: storage.backupDays,
    MinValue: 0,
    MaxValue: 90,
    ConstraintDescription: 'A number from 0 to 90, such as 7.',
  });
  const efa = form.flag('FileSystemEfa', {
    label: 'EFA',
    Description:
      'Whether nodes with EFA reach it by EFA, and GPUs by GPUDirect Storage. Only at its creation; the throughput is then fixed.',
    Default: storage.efa,
  });
  form.rule('EfaFits', {
    when: and(equals(create, 'true'), equals(efa, 'true')),
    assertions: [
      {
        assert: equals(version, EFA_VERSION),
        description: `FileSystemEfa needs FileSystemVersion ${EFA_VERSION}.`,
      },
      {
        assert: or(
          ...THROUGHPUTS.map((mbs) => {
            const fitting = capacities.filter((size) => size % efaStep(mbs) === 0).map(String);
            return and(equals(throughput, mbs), contains(fitting, capacity));
          }),
        ),
        description: `With FileSystemEfa the capacity must be a multiple of ${THROUGHPUTS.map((mbs) => `${efaStep(mbs)} at throughput ${mbs}`).join(', ')}.`,
      },
    ],
  });
  return {
    wanted: form.condition('WantsFileSystem', equals(create, 'true')),
    capacity,
    throughput,
    compression,
    version,
    backupDays,
    efa: form.condition('WantsEfa', equals(efa, 'true')),
  };
}
