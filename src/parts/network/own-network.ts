import { noValue } from '../../aws/intrinsics.ts';
import { part } from '../base/part.ts';

/** A network of the stack's own, which goes with it. */
export const ownNetwork = part({
  name: 'own-network',
  build: () => ({
    networkChoice: {
      ...{ makesNetwork: true as const, makesRoutes: true as const, makesSecurityGroup: true as const, isKept: false },
      // Never read, because everything is made.
      ...{ vpcId: noValue, clusterSubnetId: noValue, secondSubnetId: noValue, securityGroupId: noValue },
    },
  }),
  gives: { networkChoice: 'What of the network is made: everything.' },
});
