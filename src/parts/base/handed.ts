import type { Condition, Presence } from '../../aws/conditions.ts';
import type { OptionalText } from '../../aws/form.ts';
import type { Role } from '../../aws/generated/iam-role.ts';
import type {
  ClusterInstanceGroup,
  ClusterInstanceStorageConfig,
  ClusterSlurmConfig,
} from '../../aws/generated/sagemaker-cluster.ts';
import type { Secret } from '../../aws/generated/secretsmanager-secret.ts';
import type { Parameter } from '../../aws/generated/ssm-parameter.ts';
import type { AnyHandle, ResourceHandle } from '../../aws/template.ts';
import type { Expression, Id, Value } from '../../aws/value.ts';

// What parts hand to each other in one piece, within a stack.

/** Where the release is that the template came with, and who else copies scripts. */
export interface ReleaseChoice {
  /** Whether the template came with a release. */
  readonly given: Condition;
  readonly bucketName: Expression<string>;
  readonly bucketRegion: Expression<string>;
  readonly keyPrefix: Expression<string>;
  /** Who copies the scripts by hand, and nobody else: for a template that came without a release. */
  readonly uploader: { readonly given: Condition; readonly arn: Expression<string> };
  /** Whether it is known who writes the scripts: a release, or a person who is named. */
  readonly writersAreKnown: Condition;
}

/** The copy of the scripts in the launcher's account. */
export interface AssetCopy {
  /** What copies: the scripts are there once it is. */
  readonly assets: AnyHandle;
  /** As whom it copies. */
  readonly role: ResourceHandle<Role>;
}

/** The availability zones of the subnets: by id where they are given, else the region's first two. */
export interface Zones {
  readonly given: Condition;
  readonly clusterZoneId: Expression<string>;
  readonly secondZoneId: Expression<string>;
}

/** What of the network is made. What is not made exists already, and has these ids. */
export interface NetworkChoice {
  /** Whether VPC and private subnets are made. */
  readonly makesNetwork: Presence;
  readonly vpcId: Expression<Id<'AWS::EC2::VPC.Id'>>;
  readonly clusterSubnetId: Expression<Id<'AWS::EC2::Subnet.Id'>>;
  readonly secondSubnetId: Expression<Id<'AWS::EC2::Subnet.Id'>>;
  /** Whether gateways, public subnets and routes are made. */
  readonly makesRoutes: Presence;
  /** Whether the security group of nodes and file system is made. */
  readonly makesSecurityGroup: Presence;
  readonly securityGroupId: Expression<Id<'AWS::EC2::SecurityGroup.Id'>>;
  /** Whether all that directory and file system need of it stays when the stack goes. */
  readonly isKept: boolean;
}

/** A file system that exists already. */
export interface ExistingFileSystem {
  readonly given: Condition;
  readonly dnsName: Expression<string>;
  readonly mountName: Expression<string>;
}

/** The edition of a directory. */
export type Edition = Expression<'Standard' | 'Enterprise'>;

/** A directory that exists already, or none. */
export interface ExistingDirectory {
  /** Whether there is none, so that one is made. */
  readonly none: Condition;
  /** Whether the stack may make people in the directory: it makes it, or is given its Admin. */
  readonly administered: Condition;
  /** The id of a directory that exists, and the secret of its Admin; undefined where a stack does not ask for them. */
  readonly ofAdmin: { readonly id: OptionalText; readonly secret: OptionalText } | undefined;
  /** Its two domain controllers. */
  readonly addresses: readonly [Expression<string>, Expression<string>];
  readonly outsideVpc: Condition;
}

/** The role of a function, where there is one. */
export interface FunctionRoleArn {
  readonly given: Presence;
  readonly arn: Expression<Id<'AWS::IAM::Role.Arn'>>;
}

/** The function that makes people. There is none where the stack does not administer the directory. */
export interface PeopleMaker {
  readonly arn: Expression<string>;
  /** Exists once it has made the bind accounts. */
  readonly ready: AnyHandle;
}

/** The bastion that the launcher wants, or none. */
export interface BastionChoice {
  readonly host: Condition;
  readonly endpoint: Condition;
  /** Where people may connect to a host from. */
  readonly cidr: Expression<string>;
  /** Public keys that a host takes, with commas between them, or an empty text. */
  readonly keys: Expression<string>;
  readonly instanceType: Expression<string>;
}

/** The way into the VPC by EC2 Instance Connect, or none. */
export interface BastionEndpoint {
  readonly wanted: Condition;
  readonly arn: Expression<string>;
}

/** How a cluster gets and keeps its nodes. */
export interface ClusterMode {
  /** Whether nodes are provisioned one by one (Continuous), or the cluster all or nothing. */
  readonly continuous: Condition;
  /** The same, for rules, which know no conditions. */
  readonly provisioning: Expression<'Continuous' | 'AllOrNothing'>;
  readonly nodeRecovery: Expression<'Automatic' | 'None'>;
}

/** The database with Slurm's accounting. */
export interface AccountingDatabase {
  /** Whether there is one: else the accounting is on the controller. */
  readonly wanted: Condition;
  readonly endpoint: Expression<string>;
  /** Secret with `username` and `password`. */
  readonly secretArn: Expression<string>;
}

/** What a node is in Slurm. */
export type NodeType = Exclude<ClusterSlurmConfig['NodeType'], Expression<unknown>>;

/** What choices add to a group of AWS::SageMaker::Cluster. */
export type GroupProperties = Pick<ClusterInstanceGroup, 'InstanceCount'> & Partial<ClusterInstanceGroup>;

/** An instance group with what the launcher chose for it. */
export interface ChosenGroup {
  readonly name: string;
  readonly nodeType: NodeType;
  /** Slurm's partition; workers only. */
  readonly partition?: string;
  readonly properties: GroupProperties;
  /** Subnets that it is in, instead of the cluster's. */
  readonly subnets: readonly Id<'AWS::EC2::Subnet.Id'>[];
  readonly storage: readonly Value<ClusterInstanceStorageConfig>[];
  /** What of it a quota or a training plan must have room for, beside type and count. */
  readonly asks: GroupDemand;
}

/** What an instance group takes of the account. */
export interface GroupDemand {
  /** GiB of its extra disk. */
  readonly disk: Value<number>;
  /** ARN of a training plan, or empty. */
  readonly plan: Value<string>;
  readonly capacity: 'OnDemand' | 'Spot';
}

/** The file system that nodes mount, or none. */
export interface Mount {
  readonly given: Presence;
  readonly dnsName: Expression<string>;
  readonly mountName: Expression<string>;
  readonly mountPath: Expression<string>;
  /** The folder that homes are in. */
  readonly homeRoot: Expression<string>;
}

/** The settings of the nodes, written twice. */
export interface NodeSettings {
  readonly parameter: ResourceHandle<Parameter>;
  /** The stack's own copy: what the parameter may not go beyond. */
  readonly vouched: ResourceHandle<Secret>;
}
