import type { Declaration } from '../lib/declaration.ts';

const NO_RESOURCE = 'These actions know no resource: they describe and list.';

/** Says before anything is made what would have the launch refused: quotas, network, names, key. */
export const preflightFunction = {
  name: 'preflight',
  description: 'Looks whether the account has room for the cluster, before anything is made',
  runtime: 'nodejs24.x',
  memory: 512,
  // What is asked has 45 seconds; 15 are kept back for the answer.
  timeout: 75,
  permissions: {
    ReadQuotas: {
      actions: [
        'servicequotas:ListServiceQuotas',
        'servicequotas:ListAWSDefaultServiceQuotas',
        'servicequotas:GetServiceQuota',
        'servicequotas:GetAWSDefaultServiceQuota',
        'lambda:GetAccountSettings',
        'ds:GetDirectoryLimits',
      ],
      on: 'anything',
      why: NO_RESOURCE,
    },
    ReadNetworks: {
      actions: [
        'ec2:DescribeAddresses',
        'ec2:DescribeAvailabilityZones',
        'ec2:DescribeInstanceTypeOfferings',
        'ec2:DescribeInternetGateways',
        'ec2:DescribeNatGateways',
        'ec2:DescribeRouteTables',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcAttribute',
        'ec2:DescribeVpcEndpoints',
        'ec2:DescribeVpcs',
      ],
      on: 'anything',
      why: NO_RESOURCE,
    },
    ReadUse: {
      actions: [
        'sagemaker:ListClusters',
        'sagemaker:DescribeCluster',
        'sagemaker:DescribeTrainingPlan',
        'ds:DescribeDirectories',
        'acm:DescribeCertificate',
      ],
      on: 'anything',
      why: "Everybody's clusters and directories count: the account's quotas are for all of them.",
    },
  },
  resource: {
    type: 'Custom::Preflight',
    properties: {
      ClusterName: 'text',
      /** One for each instance group: `name=worker type=ml.g6e.12xlarge count=2 disk=500 plan= capacity=OnDemand`. */
      Groups: 'texts',
      /** Ids of the two zones, or empty. */
      ClusterZoneId: 'text',
      SecondZoneId: 'text',
      /** A VPC that exists, and two subnets of it; empty where they are made. */
      VpcId: 'text',
      VpcCidr: 'text',
      ClusterSubnetId: 'text',
      SecondSubnetId: 'text',
      /** Whether routes and gateways are made: `true` or `false`. */
      MakesRoutes: 'text',
      /** How many elastic addresses are made. */
      Addresses: 'text',
      DomainName: 'text',
      /** Whether a directory of this name is made: `true` or `false`. */
      MakesDirectory: 'text',
      /** A certificate that exists; empty where it is made. */
      CertificateArn: 'text',
      /** The first person and their key; both empty where nobody is made. */
      AdminUser: 'text',
      AdminPublicKey: 'text',
    },
    answers: {
      /** Of AdminPublicKey, as ssh-keygen -l prints it. */
      KeyFingerprint: 'text',
      /** What could not be found out, or is no reason to refuse. */
      Warnings: 'text',
    },
  },
} as const;
preflightFunction satisfies Declaration;
