import { why } from '../aws/comments.ts';
import { type Condition, when } from '../aws/conditions.ts';
import { FileSystem } from '../aws/generated/fsx-file-system.ts';
import { noValue } from '../aws/intrinsics.ts';
import type { AnyHandle, ResourceHandle, Template } from '../aws/template.ts';
import type { Id, Value } from '../aws/value.ts';
import { retention } from './retention.ts';

export interface FileSystemInput {
  readonly retain: boolean;
  readonly wanted: Condition;
  readonly subnetId: Value<Id<'AWS::EC2::Subnet.Id'>>;
  readonly securityGroupId: Value<Id<'AWS::EC2::SecurityGroup.Id'>>;
  /** GiB. */
  readonly capacity: Value<number>;
  /** MB/s per TiB. */
  readonly throughput: Value<number>;
  readonly compression: Value<string>;
  readonly version: Value<string>;
  /** Days for which daily backups are kept; 0 for none. */
  readonly backupDays: Value<number>;
  /** What is made first, because it can be refused: a file system takes minutes and cannot be stopped. */
  readonly after: readonly AnyHandle[];
  /** Whether it speaks EFA. */
  readonly efa: Condition;
}

/** A file system for Lustre, in the cluster's subnet, encrypted with the account's own FSx key. */
export function fileSystem(template: Template, input: FileSystemInput): ResourceHandle<FileSystem> {
  return template.resource(
    'FileSystem',
    new FileSystem({
      FileSystemType: 'LUSTRE',
      FileSystemTypeVersion: input.version,
      StorageCapacity: input.capacity,
      StorageType: 'SSD',
      SubnetIds: [input.subnetId],
      SecurityGroupIds: [input.securityGroupId],
      LustreConfiguration: {
        DeploymentType: 'PERSISTENT_2',
        PerUnitStorageThroughput: input.throughput,
        DataCompressionType: input.compression,
        AutomaticBackupRetentionDays: input.backupDays,
        CopyTagsToBackups: true,
        EfaEnabled: when(input.efa, true, noValue),
        MetadataConfiguration: why(
          'Homes need fast metadata. A file system that is made without this can never have it.',
          {
            Mode: 'AUTOMATIC' as const,
          },
        ),
      },
    }),
    { tag: 'file-system', condition: input.wanted, dependsOn: input.after, ...retention(input.retain) },
  );
}
