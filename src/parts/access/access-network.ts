import { SUBNET_ID } from '../../aws/patterns.ts';
import type { Id } from '../../aws/value.ts';
import { id, optionalText } from '../base/needs.ts';
import { part } from '../base/part.ts';

const group = 'Network (outputs of stack 1, prerequisites)';

// Where ways in are, as their stack asks for it.

export const PRIVATE_SUBNET = id('AWS::EC2::Subnet::Id', {
  group,
  label: 'Private subnet',
  Description: 'Subnet of a Windows host, and of an EC2 Instance Connect Endpoint: the nodes are in it too.',
});

export const PUBLIC_SUBNET = optionalText<Id<'AWS::EC2::Subnet.Id'>>({
  group,
  given: 'HasPublicSubnet',
  label: 'Public subnet',
  Description: 'Subnet of a bastion that is a host: its way to the internet is an internet gateway.',
  ...SUBNET_ID,
});

export const NODES_SECURITY_GROUP = id('AWS::EC2::SecurityGroup::Id', {
  group,
  label: 'Security group of the nodes',
  Description: 'A bastion may connect to port 22 of what has this group.',
});

/** The network of another stack, which is there. */
export const networkElsewhere = part({
  name: 'network-elsewhere',
  build: () => ({ publicWay: [] }),
  gives: { publicWay: 'Nothing that this stack makes.' },
});
