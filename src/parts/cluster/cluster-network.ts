import { id } from '../base/needs.ts';

const group = 'Network (outputs of stack 1, prerequisites)';

/** Where the nodes are, as the cluster and what they reach ask for it. */
export const CLUSTER_NETWORK = {
  // The file system's subnet, and the only one: with two, HyperPod may put the GPUs into the other zone for life.
  ClusterSubnetId: id('AWS::EC2::Subnet::Id', {
    group,
    label: 'Subnet',
    Description:
      'Private subnet of the nodes, the same as that of the file system. The list shows the public subnets too: take the one that the output names. A change needs a new cluster name.',
  }),
  ClusterSecurityGroupId: id('AWS::EC2::SecurityGroup::Id', {
    group,
    label: 'Security group',
    Description: 'Must allow everything to and from itself. A change needs a new cluster name.',
  }),
} as const;
