import { attributeOf, contains, eachMemberEquals, not } from '../../aws/conditions.ts';
import type { NeedRule } from '../base/part.ts';

type Subnets = Record<'VpcId' | 'ClusterSubnetId' | 'SecondSubnetId', unknown>;

/** Two subnets of the VPC in two zones, where a launcher is asked for them. */
export const SUBNETS_FIT: NeedRule<Subnets> = {
  name: 'SubnetsFit',
  of: ['VpcId', 'ClusterSubnetId', 'SecondSubnetId'],
  check: ({ VpcId, ClusterSubnetId, SecondSubnetId }) => ({
    assertions: [
      {
        assert: eachMemberEquals(
          [attributeOf(ClusterSubnetId, 'VpcId'), attributeOf(SecondSubnetId, 'VpcId')],
          VpcId.ref(),
        ),
        description: 'ClusterSubnetId and SecondSubnetId must be subnets of VpcId.',
      },
      {
        assert: not(
          contains([attributeOf(ClusterSubnetId, 'AvailabilityZone')], attributeOf(SecondSubnetId, 'AvailabilityZone')),
        ),
        description: 'ClusterSubnetId and SecondSubnetId must be in two availability zones: a directory needs both.',
      },
    ],
  }),
};
