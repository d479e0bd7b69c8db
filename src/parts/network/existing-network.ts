import { and, equals, not, or } from '../../aws/conditions.ts';
import { identifies } from '../../aws/intrinsics.ts';
import { SECURITY_GROUP_ID, SUBNET_ID, VPC_ID_PATTERN } from '../../aws/patterns.ts';
import { part } from '../base/part.ts';

/**
 * A network of the stack's own, or one that exists: with a way to AWS, or one that an earlier launchpad has kept, which has
 * none any more. Whether it is fit is preflight's to say: no rule can look at an id that may be empty.
 */
export const existingNetwork = part({
  name: 'existing-network',
  group: 'Existing network (leave empty to make one)',
  choices(form) {
    const vpcId = form.optional('ExistingVpcId', {
      label: 'VPC',
      Description: 'A VPC that exists. Its primary CIDR must be VpcCidr. Give both subnets too.',
      ...VPC_ID_PATTERN,
    });
    const clusterSubnetId = form.optional('ExistingClusterSubnetId', {
      label: 'Subnet of the cluster',
      Description: 'A private subnet of this VPC, in the zone of a file system that exists.',
      ...SUBNET_ID,
    });
    const secondSubnetId = form.optional('ExistingSecondSubnetId', {
      label: 'Subnet in a second zone',
      Description: 'A private subnet of this VPC in another zone, for the second domain controller.',
      ...SUBNET_ID,
    });
    const securityGroupId = form.optional('ExistingSecurityGroupId', {
      label: 'Security group of the nodes',
      Description:
        'That of a file system that exists: it must allow everything to and from itself. Empty: one is made.',
      ...SECURITY_GROUP_ID,
    });
    const routes = form.flag('MakeRoutes', {
      label: 'Make its routes',
      Description:
        'Whether the VPC gets public subnets, a NAT gateway and routes: for a network that an earlier stack of this kind kept.',
      Default: false,
    });
    const empty = [vpcId, clusterSubnetId, secondSubnetId].map((value) => equals(value, ''));
    form.rule('WholeNetworkOrNone', {
      assertions: [
        {
          assert: or(and(...empty), and(...empty.map(not))),
          description: 'Give ExistingVpcId, ExistingClusterSubnetId and ExistingSecondSubnetId, or none of them.',
        },
        {
          assert: or(not(equals(vpcId, '')), and(equals(securityGroupId, ''), equals(routes, 'false'))),
          description: 'ExistingSecurityGroupId and MakeRoutes are for a VPC that exists.',
        },
      ],
    });
    // The rule says that all are empty or none; where one is used, a reader of conditions alone knows that it is there.
    const makesNetwork = form.condition('MakesNetwork', or(...empty));
    return {
      makesNetwork,
      makesRoutes: form.condition('MakesRoutes', or(makesNetwork, equals(routes, 'true'))),
      makesSecurityGroup: form.condition('MakesSecurityGroup', or(makesNetwork, equals(securityGroupId, ''))),
      ...{ vpcId, clusterSubnetId, secondSubnetId, securityGroupId },
    };
  },
  build: (_, choice, { retain }: { readonly retain: boolean }) => ({
    networkChoice: {
      ...choice,
      vpcId: identifies(choice.vpcId),
      clusterSubnetId: identifies(choice.clusterSubnetId),
      secondSubnetId: identifies(choice.secondSubnetId),
      securityGroupId: identifies(choice.securityGroupId),
      isKept: retain,
    },
  }),
  gives: { networkChoice: 'What of the network is made, and what exists.' },
});
