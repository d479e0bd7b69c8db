import { VPC } from '../../aws/generated/ec2-vpc.ts';
import { VPC_CIDR } from '../../aws/patterns.ts';
import { part } from '../base/part.ts';

/** A VPC whose one CIDR is a /16: the directory's security group admits no other. */
export const virtualNetwork = part({
  name: 'virtual-network',
  group: 'Network',
  choices: (form, { network }: { readonly network: { readonly cidr: string } }) => ({
    cidrBlock: form.text('VpcCidr', {
      label: 'VPC CIDR',
      Description: 'The only IPv4 block of the VPC. The directory admits no other.',
      Default: network.cidr,
      ...VPC_CIDR,
    }),
  }),
  build(template, { cidrBlock }) {
    const vpc = template.resource(
      'Vpc',
      new VPC({ CidrBlock: cidrBlock, EnableDnsSupport: true, EnableDnsHostnames: true }),
      { tag: 'vpc' },
    );
    return { VpcId: vpc.ref(), VpcCidr: vpc.get('CidrBlock') };
  },
  gives: { VpcId: 'The VPC.', VpcCidr: 'The only CIDR of the VPC.' },
});
