import type { Declaration } from '../lib/declaration.ts';
import { LEAVE_NETWORK } from '../lib/network-permissions.ts';

/**
 * Works outside the VPC, between CloudFormation and the function inside it: it can always answer, whatever is wrong with
 * the network, and takes the function out of the VPC when the stack goes.
 */
export const peopleAnswer = {
  name: 'people-answer',
  description: 'Has the people function make the first people, and answers CloudFormation for it',
  runtime: 'nodejs24.x',
  memory: 256,
  timeout: 900,
  permissions: {
    AskPeople: { actions: ['lambda:InvokeFunction'], on: 'given' },
    ...LEAVE_NETWORK,
  },
  resource: {
    type: 'Custom::People',
    properties: {
      /** ARN of the people function. */
      FunctionArn: 'text',
      /** The people function's own security group. */
      SecurityGroupId: { id: 'AWS::EC2::SecurityGroup.Id' },
      /** Groups that are made where they are not there. */
      Groups: 'texts',
      /** The first person, in the first of the groups; empty: nobody. */
      AdminUser: 'text',
      AdminPublicKey: 'text',
    },
    answers: {
      /** The people function, once it has made the first people. */
      FunctionArn: 'text',
    },
  },
} as const;
peopleAnswer satisfies Declaration;
