import type { Condition, Presence } from '../../aws/conditions.ts';
import type { OptionalText } from '../../aws/form.ts';
import type { MicrosoftAD } from '../../aws/generated/directoryservice-microsoft-ad.ts';
import type { EIP } from '../../aws/generated/ec2-eip.ts';
import type { SecurityGroup } from '../../aws/generated/ec2-security-group.ts';
import type { Listener } from '../../aws/generated/elasticloadbalancingv2-listener.ts';
import type { LoadBalancer } from '../../aws/generated/elasticloadbalancingv2-load-balancer.ts';
import type { TargetGroup } from '../../aws/generated/elasticloadbalancingv2-target-group.ts';
import type { Role } from '../../aws/generated/iam-role.ts';
import type { Bucket } from '../../aws/generated/s3-bucket.ts';
import type { Secret } from '../../aws/generated/secretsmanager-secret.ts';
import type { AnyHandle, ResourceHandle } from '../../aws/template.ts';
import type { Expression, Id } from '../../aws/value.ts';
import type {
  AccountingDatabase,
  AssetCopy,
  BastionChoice,
  BastionEndpoint,
  ChosenGroup,
  ClusterMode,
  Edition,
  ExistingDirectory,
  ExistingFileSystem,
  FunctionRoleArn,
  Mount,
  NetworkChoice,
  NodeSettings,
  PeopleMaker,
  ReleaseChoice,
  Zones,
} from './handed.ts';

/**
 * What parts hand to each other, by name: the one place that says of which type each is. What starts with a capital is
 * also the parameter that a need becomes and the output that a gift becomes; the others stay within a stack.
 */
export interface Names {
  VpcId: Expression<Id<'AWS::EC2::VPC.Id'>>;
  VpcCidr: Expression<string>;
  ClusterSubnetId: Expression<Id<'AWS::EC2::Subnet.Id'>>;
  PublicSubnetId: Expression<Id<'AWS::EC2::Subnet.Id'>>;
  SecondSubnetId: Expression<Id<'AWS::EC2::Subnet.Id'>>;
  ClusterSecurityGroupId: Expression<Id<'AWS::EC2::SecurityGroup.Id'>>;
  ExecutionRoleArn: Expression<Id<'AWS::IAM::Role.Arn'>>;
  NodeBucketName: Expression<string>;
  FileSystemId: Expression<string>;
  FileSystemDnsName: Expression<string>;
  FileSystemMountName: Expression<string>;
  AlarmTopicArn: Expression<string>;
  DomainName: Expression<string>;
  ShortName: Expression<string>;
  DirectoryId: Expression<string>;
  AdminSecretArn: Expression<string>;
  BindSecretArn: Expression<string>;
  LdapsHost: Expression<string>;
  LoadBalancerSecurityGroupId: Expression<Id<'AWS::EC2::SecurityGroup.Id'>>;
  CertificateArn: Expression<string>;
  AuthorityKeySha256: Expression<string>;
  FirstDirectoryAddress: Expression<string>;
  SecondDirectoryAddress: Expression<string>;
  ClusterName: Expression<string>;
  ClusterArn: Expression<string>;
  NodeSettingsName: Expression<string>;
  PeopleRoleArn: Expression<Id<'AWS::IAM::Role.Arn'>>;
  AdminUser: Expression<string>;
  AdminPublicKey: Expression<string>;
  KeyFingerprint: Expression<string>;
  PreflightWarnings: Expression<string>;
  RemoveKept: Expression<string>;
  SshConfig: Expression<string>;
  ListNodes: Expression<string>;
  BastionAddress: Expression<string>;
  BastionSshConfig: Expression<string>;
  BastionShell: Expression<string>;
  EndpointSshConfig: Expression<string>;
  WindowsTunnel: Expression<string>;
  ResearcherPolicyArn: Expression<string>;
  ResearcherSshConfig: Expression<string>;
  SshDocument: Expression<string>;
  CopyScriptsCommand: Expression<string>;
  PeopleLink: Expression<string>;
  AccessLink: Expression<string>;
  NextLink: Expression<string>;

  /** Where the release is, and who else copies scripts. */
  release: ReleaseChoice;
  nodeBucket: ResourceHandle<Bucket>;
  /** Nobody but the copy function and the uploader writes into the bucket from then on. */
  nodeBucketPolicy: AnyHandle;
  assetCopy: AssetCopy;
  executionRole: ResourceHandle<Role>;
  zones: Zones;
  /** The CIDR of the VPC, as it is chosen. */
  cidrBlock: Expression<string>;
  networkChoice: NetworkChoice;
  /** What must be there before anything in the private subnets reaches AWS. */
  wayOut: readonly AnyHandle[];
  /** A file system that exists already; undefined where a stack does not ask for one. */
  existingFileSystem: ExistingFileSystem | undefined;
  /** Whether a file system is made. */
  makesFileSystem: Presence;
  /** FSx refuses a security group in which they are not yet. */
  clusterSecurityGroupRules: readonly AnyHandle[];
  /** The elastic address of the NAT gateway, which an account may have no more of. */
  natAddress: ResourceHandle<EIP>;

  /** The edition of the directory. */
  edition: Edition;
  existingDirectory: ExistingDirectory;
  loadBalancer: ResourceHandle<LoadBalancer>;
  loadBalancerSecurityGroup: ResourceHandle<SecurityGroup>;
  /** Whether there is a listener without TLS too. */
  plainListener: Condition;
  /** Exists once the load balancer has taken the certificate. */
  certificateCheck: ResourceHandle<Listener>;
  /** The name that nodes reach the load balancer by resolves from then on. */
  ldapsRecord: AnyHandle;
  ldapsTargets: ResourceHandle<TargetGroup>;
  /** Exists once a domain controller answers the load balancer. */
  targetsAligned: AnyHandle;
  /** Nothing speaks LDAPS before it. */
  ldapsListener: AnyHandle;
  /** The directory that the stack may make. */
  ownDirectory: ResourceHandle<MicrosoftAD>;
  adminSecret: ResourceHandle<Secret>;
  bindSecret: ResourceHandle<Secret>;
  /** The account that the launcher wants nodes to search with, in place of the stack's. */
  bindDn: OptionalText;
  /** The role of the function that makes people, where there is one. */
  peopleRole: FunctionRoleArn;
  /** The function that makes people, where there is one. */
  peopleFunction: PeopleMaker;
  /** The role of the function that rotates the bind secret, where there is one. */
  rotationRole: FunctionRoleArn;

  /** What must be there before the public subnets are reached from outside, and go after what is reached there. */
  publicWay: readonly AnyHandle[];
  bastionChoice: BastionChoice;
  bastionEndpoint: BastionEndpoint;

  clusterMode: ClusterMode;
  /** Where Slurm's accounting is, if not on the controller. */
  accountingDatabase: AccountingDatabase;
  instanceGroups: readonly ChosenGroup[];
  mount: Mount;
  nodeSettings: NodeSettings;
}

export type Name = keyof Names;

/** What a name is once CloudFormation has resolved it; never for what stays within a stack. */
export type Resolved<N extends Name> = Names[N] extends Expression<infer T> ? T : never;
