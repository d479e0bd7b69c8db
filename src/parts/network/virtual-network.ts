import { when } from '../../aws/conditions.ts';
import { VPC } from '../../aws/generated/ec2-vpc.ts';
import { retention } from '../../aws/retention.ts';
import { made } from '../base/needs.ts';
import { part } from '../base/part.ts';

/** A VPC whose one CIDR is a /16: the directory's security group admits no other. */
export const virtualNetwork = part({
  name: 'virtual-network',
  needs: { cidrBlock: made, networkChoice: made },
  build(template, { cidrBlock, networkChoice: { makesNetwork, vpcId, isKept } }) {
    const vpc = template.resource(
      'Vpc',
      new VPC({ CidrBlock: cidrBlock, EnableDnsSupport: true, EnableDnsHostnames: true }),
      { tag: 'vpc', condition: makesNetwork, ...(isKept && retention(true)) },
    );
    return {
      VpcId: when(makesNetwork, vpc.ref(), vpcId),
      VpcCidr: when(makesNetwork, vpc.get('CidrBlock'), cidrBlock),
    };
  },
  gives: { VpcId: 'The VPC.', VpcCidr: 'The only CIDR of the VPC.' },
});
