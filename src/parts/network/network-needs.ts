import { IPV4_CIDR } from '../../aws/patterns.ts';
import { id, text } from '../base/needs.ts';

const group = 'Network (outputs of stack 1, prerequisites)';

// What several parts ask of a network that another stack made.

export const VPC_ID = id('AWS::EC2::VPC::Id', {
  group,
  label: 'VPC',
  Description: 'VPC of the directory, the load balancer and the cluster.',
});

export const VPC_CIDR_BLOCK = text<string>({
  group,
  label: 'VPC CIDR',
  Description: 'Primary CIDR of the VPC. Nodes and load balancer must be in it.',
  ...IPV4_CIDR,
});

const subnet = (label: string) =>
  id('AWS::EC2::Subnet::Id', {
    group,
    label,
    Description:
      'Private subnet of a domain controller and the load balancer. The list shows the public subnets too: take the one that the output names.',
  });

/** The two subnets of the directory and its load balancer. */
export const DIRECTORY_SUBNETS = {
  ClusterSubnetId: subnet('Subnet of the cluster'),
  SecondSubnetId: subnet('Subnet in a second zone'),
} as const;
