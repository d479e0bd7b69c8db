import { accountId, partition, region } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import type { Expression } from '../../aws/value.ts';
import type { TemplateNeeds } from './template-needs.ts';

/** How the names of Service Catalog's stacks begin, and with them the names that CloudFormation makes. */
export const STACKS = 'SC-*';

/** An ARN in the stack's own region and account. */
export function ownArn(service: string, resource: string): Expression<string> {
  return sub`arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** The ARN of IAM's things, which have no region. */
export function iamArn(resource: string): Expression<string> {
  return sub`arn:${partition}:iam::${accountId}:${resource}`;
}

/** What each service's actions are on, where names say what belongs to a product's stack; anything for the others. */
export function bounds({
  named,
}: Pick<TemplateNeeds, 'named'>): Readonly<Record<string, readonly Expression<string>[]>> {
  const each = (service: string, ...resources: readonly string[]) =>
    resources.map((resource) => ownArn(service, resource));
  return {
    cloudwatch: each('cloudwatch', `alarm:${STACKS}`),
    events: each('events', `rule/${STACKS}`),
    iam: [iamArn(`role/${STACKS}`), iamArn(`instance-profile/${STACKS}`)],
    lambda: each('lambda', `function:${STACKS}`),
    logs: each('logs', `log-group:${STACKS}`),
    // RDS writes names in small letters.
    rds: each('rds', ...['db', 'pg', 'subgrp'].map((kind) => `${kind}:${STACKS.toLowerCase()}`)),
    s3: [sub`arn:${partition}:s3:::sagemaker-*`],
    sagemaker: each('sagemaker', 'cluster/*'),
    scheduler: each('scheduler', 'schedule/*', 'schedule-group/*'),
    secretsmanager: each('secretsmanager', 'secret:podlaunch/*', ...named.secrets.map((id) => `secret:*${id}-*`)),
    sns: each('sns', STACKS),
    ssm: each('ssm', 'parameter/podlaunch/*', ...named.parameters.map((id) => `parameter/CFN-${id}-*`)),
  };
}

/** Actions of these services that are not on one resource. */
const ON_ANYTHING = /:(?:Describe|List)|^secretsmanager:GetRandomPassword$/;

/** Whether IAM compares an action of a bounded service with no name of the stack's. */
export function isOnAnything(action: string): boolean {
  return ON_ANYTHING.test(action) && !/^(?:iam|secretsmanager:Describe)/.test(action);
}

/** What would make somebody root of a host, or take the host away. */
const OF_HOSTS = [
  ...['AssociateIamInstanceProfile', 'DisassociateIamInstanceProfile', 'ReplaceIamInstanceProfileAssociation'],
  ...['ModifyInstanceAttribute', 'ModifyInstanceMetadataOptions', 'StartInstances', 'StopInstances'],
  'TerminateInstances',
];

/** What is changed or taken away only where it has the project's tag, and the type that has it. */
export const ONLY_TAGGED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(OF_HOSTS.map((action) => [`ec2:${action}`, 'AWS::EC2::Instance'])),
  'ec2:DeleteInstanceConnectEndpoint': 'AWS::EC2::InstanceConnectEndpoint',
  'ec2:DeleteInternetGateway': 'AWS::EC2::InternetGateway',
  'ec2:DeleteNatGateway': 'AWS::EC2::NatGateway',
  'ec2:DeleteRouteTable': 'AWS::EC2::RouteTable',
  'ec2:DeleteSubnet': 'AWS::EC2::Subnet',
  'ec2:DeleteVpc': 'AWS::EC2::VPC',
  'ec2:DeleteVpcEndpoints': 'AWS::EC2::VPCEndpoint',
  'ec2:ReleaseAddress': 'AWS::EC2::EIP',
  'elasticloadbalancing:DeleteLoadBalancer': 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'elasticloadbalancing:DeleteTargetGroup': 'AWS::ElasticLoadBalancingV2::TargetGroup',
  'fsx:DeleteFileSystem': 'AWS::FSx::FileSystem',
  'kms:PutKeyPolicy': 'AWS::KMS::Key',
  'kms:ScheduleKeyDeletion': 'AWS::KMS::Key',
  'sagemaker:DeleteCluster': 'AWS::SageMaker::Cluster',
};

/** The names of the service-linked roles that a service makes when it is first used. */
export const SERVICE_LINKED: readonly string[] = [
  'ec2-instance-connect.amazonaws.com',
  'elasticloadbalancing.amazonaws.com',
  'fsx.amazonaws.com',
  'hyperpod.sagemaker.amazonaws.com',
  'rds.amazonaws.com',
  's3.data-source.lustre.fsx.amazonaws.com',
];
