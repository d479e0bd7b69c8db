import type { Permissions } from './declaration.ts';

/** What a function may do that takes another one out of the VPC by leaveNetwork, for its declaration. */
export const LEAVE_NETWORK = {
  TakeOutOfVpc: { actions: ['lambda:GetFunctionConfiguration', 'lambda:UpdateFunctionConfiguration'], on: 'given' },
  FindInterfaces: {
    actions: ['ec2:DescribeNetworkInterfaces'],
    on: 'anything',
    why: 'EC2 describes all or nothing.',
  },
  /** Give it `only: { 'ec2:Vpc': … }`: an interface has no ARN that a template could know. */
  DeleteInterfaces: { actions: ['ec2:DeleteNetworkInterface'], on: 'given' },
} as const;
LEAVE_NETWORK satisfies Permissions;
