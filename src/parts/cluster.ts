import { type Condition, when } from '../aws/conditions.ts';
import {
  Cluster,
  type ClusterInstanceGroup,
  type ClusterInstanceStorageConfig,
} from '../aws/generated/sagemaker-cluster.ts';
import { noValue } from '../aws/intrinsics.ts';
import { sub } from '../aws/sub.ts';
import type { AnyHandle, ResourceHandle, Template } from '../aws/template.ts';
import type { Expression, Id, Value } from '../aws/value.ts';
import type { NodeType } from '../config/config.ts';
import { entryName } from '../functions/lib/node-folder.ts';

/** One instance group, with what the launcher chose for it. */
export interface ClusterGroupInput {
  readonly name: string;
  readonly nodeType: NodeType;
  /** Slurm's partition; workers only. */
  readonly partition?: string;
  readonly instanceType: Expression<string>;
  readonly instanceCount: Value<number>;
  readonly disk: { readonly wanted: Condition; readonly size: Expression<number> };
}

export interface ClusterInput {
  readonly clusterName: Expression<string>;
  readonly groups: readonly ClusterGroupInput[];
  readonly executionRoleArn: Value<Id<'AWS::IAM::Role.Arn'>>;
  /** The file system's subnet, and the only one: with two, HyperPod may put the GPUs into the other zone for life. */
  readonly subnetId: Value<Id<'AWS::EC2::Subnet.Id'>>;
  readonly securityGroupId: Value<Id<'AWS::EC2::SecurityGroup.Id'>>;
  readonly scripts: { readonly bucketName: Expression<string>; readonly assetsSha256: string };
  readonly fileSystem: {
    readonly given: Condition;
    readonly dnsName: Expression<string>;
    readonly mountName: Expression<string>;
    readonly mountPath: Expression<string>;
  };
  /** Whether nodes are provisioned one by one (Continuous), or the cluster all or nothing. */
  readonly continuous: Condition;
  readonly nodeRecovery: Value<'Automatic' | 'None'>;
  /** What nodes need when they start. */
  readonly after: readonly AnyHandle[];
}

/** The HyperPod cluster, with Slurm set up by SageMaker and the node scripts run after it. */
export function cluster(template: Template, input: ClusterInput): ResourceHandle<Cluster> {
  return template.resource(
    'Cluster',
    new Cluster({
      ClusterName: input.clusterName,
      NodeProvisioningMode: when(input.continuous, 'Continuous', noValue),
      NodeRecovery: input.nodeRecovery,
      Orchestrator: { Slurm: { SlurmConfigStrategy: when(input.continuous, noValue, 'Managed') } },
      VpcConfig: { SecurityGroupIds: [input.securityGroupId], Subnets: [input.subnetId] },
      InstanceGroups: input.groups.map((group) => instanceGroup(group, input)),
    }),
    { tag: 'cluster', dependsOn: input.after },
  );
}

function instanceGroup(group: ClusterGroupInput, input: ClusterInput): ClusterInstanceGroup {
  return {
    InstanceGroupName: group.name,
    InstanceType: group.instanceType,
    InstanceCount: group.instanceCount,
    ExecutionRole: input.executionRoleArn,
    SlurmConfig: {
      NodeType: group.nodeType,
      ...(group.partition !== undefined && { PartitionNames: [group.partition] }),
    },
    LifeCycleConfig: {
      SourceS3Uri: sub`s3://${input.scripts.bucketName}/${input.scripts.assetsSha256}/lifecycle-scripts`,
      OnInitComplete: entryName(input.scripts.assetsSha256),
    },
    InstanceStorageConfigs: storage(group, input),
  };
}

function storage(
  group: ClusterGroupInput,
  { fileSystem }: ClusterInput,
): readonly Value<ClusterInstanceStorageConfig>[] {
  return [
    when(
      fileSystem.given,
      {
        FsxLustreConfig: {
          DnsName: fileSystem.dnsName,
          MountName: fileSystem.mountName,
          MountPath: fileSystem.mountPath,
        },
      },
      noValue,
    ),
    when(group.disk.wanted, { EbsVolumeConfig: { VolumeSizeInGB: group.disk.size } }, noValue),
  ];
}
