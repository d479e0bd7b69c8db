import { VPC_CIDR } from '../../aws/patterns.ts';
import { part } from '../base/part.ts';

/** The CIDR of the VPC: a /16, for the directory's security group admits no other. */
export const cidrBlock = part({
  name: 'cidr-block',
  group: 'Network',
  choices: (form, { network }: { readonly network: { readonly cidr: string } }) => ({
    cidrBlock: form.text('VpcCidr', {
      label: 'VPC CIDR',
      Description: 'The only IPv4 block of the VPC. The directory admits no other.',
      Default: network.cidr,
      ...VPC_CIDR,
    }),
  }),
  build: (_, { cidrBlock }) => ({ cidrBlock }),
  gives: { cidrBlock: 'The CIDR of the VPC, as it is chosen.' },
});
