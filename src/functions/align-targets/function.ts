import type { Declaration } from '../lib/declaration.ts';

/** Makes the domain controllers the targets of the load balancer, and waits until one of them answers it. */
export const alignTargets = {
  name: 'align-targets',
  description: "Makes the directory's domain controllers the targets of its load balancer",
  runtime: 'nodejs24.x',
  memory: 256,
  timeout: 600,
  permissions: {
    FindControllers: { actions: ['ds:DescribeDomainControllers'], on: 'given' },
    SeeHealth: {
      actions: ['elasticloadbalancing:DescribeTargetHealth'],
      on: 'anything',
      why: 'The health of targets is described for all target groups or for none.',
    },
    ChangeTargets: {
      actions: ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
      on: 'given',
    },
  },
  resource: {
    type: 'Custom::AlignedTargets',
    properties: {
      TargetGroupArn: { id: 'AWS::ElasticLoadBalancingV2::TargetGroup.Arn' },
      /** The directory, which is asked for its controllers; empty where only their addresses are known. */
      DirectoryId: 'text',
      /** Addresses of the controllers of such a directory. */
      Addresses: 'texts',
      /** `all` where the addresses are outside the VPC, else empty. */
      AvailabilityZone: 'text',
    },
    answers: {},
  },
  schedule: { expression: 'rate(1 hour)', properties: { TargetGroupArn: 'text', DirectoryId: 'text' } },
} as const;
alignTargets satisfies Declaration;
