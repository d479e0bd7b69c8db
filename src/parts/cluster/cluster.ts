import { when } from '../../aws/conditions.ts';
import { Cluster, type ClusterInstanceGroup } from '../../aws/generated/sagemaker-cluster.ts';
import { identifies, noValue, select, split } from '../../aws/intrinsics.ts';
import { NODE_BUCKET_NAME, ROLE_ARN } from '../../aws/patterns.ts';
import { sub } from '../../aws/sub.ts';
import type { Expression, Id } from '../../aws/value.ts';
import { entryName } from '../../functions/lib/node-folder.ts';
import type { ChosenGroup, Mount } from '../base/handed.ts';
import { made, text } from '../base/needs.ts';
import { part } from '../base/part.ts';
import { CLUSTER_NETWORK } from './cluster-network.ts';
import { nodeAccess } from './node-access.ts';

const group = 'Network (outputs of stack 1, prerequisites)';

/** The HyperPod cluster, with Slurm set up by SageMaker and the node scripts run after it. */
export const cluster = part({
  name: 'cluster',
  needs: {
    ...CLUSTER_NETWORK,
    ExecutionRoleArn: text({ group, label: 'Execution role', Description: 'Role of the nodes.', ...ROLE_ARN }),
    NodeBucketName: text({
      group,
      label: 'Bucket of the scripts',
      Description:
        'Bucket that the nodes read their scripts from. HyperPod demands a name that starts with sagemaker-.',
      ...NODE_BUCKET_NAME,
    }),
    BindSecretArn: made,
    accountingDatabase: made,
    CertificateArn: made,
    ClusterName: made,
    clusterMode: made,
    instanceGroups: made,
    mount: made,
    nodeSettings: made,
  },
  build(template, needs, { assets }: { readonly assets: { readonly sha256: string } }) {
    const { ClusterName, ExecutionRoleArn, nodeSettings, accountingDatabase } = needs;
    const { continuous, nodeRecovery } = needs.clusterMode;
    const access = nodeAccess(template, {
      roleName: identifies<Id<'AWS::IAM::Role.Name'>>(select(1, split('/', ExecutionRoleArn))),
      clusterName: ClusterName,
      settings: nodeSettings,
      bindSecretArn: needs.BindSecretArn,
      certificateArn: needs.CertificateArn,
      accountingDatabase,
    });
    const lifecycle = {
      SourceS3Uri: sub`s3://${needs.NodeBucketName}/${assets.sha256}/lifecycle-scripts`,
      OnInitComplete: entryName(assets.sha256),
    };
    const made = template.resource(
      'Cluster',
      new Cluster({
        ClusterName,
        NodeProvisioningMode: when(continuous, 'Continuous', noValue),
        NodeRecovery: nodeRecovery,
        Orchestrator: {
          Slurm: {
            SlurmConfigStrategy: when(continuous, noValue, 'Managed'),
            AccountingDatabase: when(
              accountingDatabase.wanted,
              { Endpoint: accountingDatabase.endpoint, SecretArn: accountingDatabase.secretArn },
              noValue,
            ),
          },
        },
        VpcConfig: { SecurityGroupIds: [needs.ClusterSecurityGroupId], Subnets: [needs.ClusterSubnetId] },
        InstanceGroups: needs.instanceGroups.map((group) =>
          instanceGroup(group, { ...needs, LifeCycleConfig: lifecycle }),
        ),
      }),
      // What nodes need when they start.
      { tag: 'cluster', dependsOn: [nodeSettings.parameter, nodeSettings.vouched, access] },
    );
    return { ClusterArn: made.get('ClusterArn') };
  },
  gives: { ClusterArn: 'The cluster.' },
});

/** What all instance groups have in common. */
interface Shared {
  readonly ExecutionRoleArn: Expression<Id<'AWS::IAM::Role.Arn'>>;
  readonly ClusterSecurityGroupId: Expression<Id<'AWS::EC2::SecurityGroup.Id'>>;
  readonly LifeCycleConfig: NonNullable<ClusterInstanceGroup['LifeCycleConfig']>;
  readonly mount: Mount;
}

function instanceGroup(
  { name, nodeType, partition, properties, storage, subnets }: ChosenGroup,
  { ExecutionRoleArn, ClusterSecurityGroupId, LifeCycleConfig, mount }: Shared,
): ClusterInstanceGroup {
  return {
    InstanceGroupName: name,
    ...properties,
    ExecutionRole: ExecutionRoleArn,
    SlurmConfig: { NodeType: nodeType, ...(partition !== undefined && { PartitionNames: [partition] }) },
    LifeCycleConfig,
    InstanceStorageConfigs: [when(mount.given, { FsxLustreConfig: lustre(mount) }, noValue), ...storage],
    ...(subnets.length > 0 && {
      OverrideVpcConfig: { SecurityGroupIds: [ClusterSecurityGroupId], Subnets: subnets },
    }),
  };
}

function lustre({ dnsName, mountName, mountPath }: Mount) {
  return { DnsName: dnsName, MountName: mountName, MountPath: mountPath };
}
