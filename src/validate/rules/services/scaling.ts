import { resource, several } from '../base/examples.ts';
import { linked, textAt } from '../base/linked.ts';
import { literal, pair, property } from '../base/look.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const POLICY = 'AWS::AutoScaling::ScalingPolicy';
const GUIDE = 'https://docs.aws.amazon.com/autoscaling/ec2/userguide';
const LAUNCHED = "LaunchTemplate: { LaunchTemplateName: web, Version: '1' }";
const IN = 'AvailabilityZones: !GetAZs';
const group = (least: number, most: string, ...lines: readonly string[]): string =>
  resource(GROUP, LAUNCHED, IN, `MinSize: '${least}'`, `MaxSize: ${most}`, ...lines);
const scaled = (most: number, mark = ''): string =>
  several({
    Policy: [
      POLICY,
      'PolicyType: TargetTrackingScaling',
      `AutoScalingGroupName: !Ref Group${mark}`,
      'TargetTrackingConfiguration: { TargetValue: 50, PredefinedMetricSpecification: { PredefinedMetricType: ASGAverageCPUUtilization } }',
    ],
    Group: [GROUP, LAUNCHED, IN, "MinSize: '2'", `MaxSize: '${most}'`],
  });

/** Groups of EC2 Auto Scaling. */
export const SCALING_RULES: readonly Rule[] = [
  {
    code: 'E3706',
    name: 'group-sizes',
    message: 'MaxSize of a group is less than MinSize.',
    why: RESOURCE_REFUSED,
    fix: 'Write MaxSize at least as large as MinSize.',
    url: `${GUIDE}/asg-capacity-limits.html`,
    bad: [group(3, "'2' # <-")],
    good: [group(2, "'2'")],
    check: pair(GROUP, 'MaxSize', 'MinSize', (most, least) => {
      const [high, low] = [Number(literal(most)), Number(literal(least))];
      return high < low && `MaxSize is ${high}, less than MinSize, ${low}.`;
    }),
  },
  {
    code: 'E3712',
    name: 'scaling-room',
    message: 'A policy follows a target in a group that cannot grow.',
    why: 'The policy never does anything.',
    fix: 'Write MaxSize of the group larger than MinSize.',
    url: `${GUIDE}/as-scaling-target-tracking.html`,
    bad: [scaled(2, ' # <-')],
    good: [scaled(3)],
    check: linked(POLICY, 'AutoScalingGroupName', GROUP, ({ own, other, id }) => {
      const [low, high] = ['MinSize', 'MaxSize'].map((name) => Number(textAt(other, name)));
      return textAt(own, 'PolicyType') === 'TargetTrackingScaling' && high! <= low!
        ? ['AutoScalingGroupName', `${id} cannot grow: MaxSize is not larger than MinSize.`]
        : undefined;
    }),
  },
  {
    code: 'E3056',
    name: 'health-check-types',
    message: 'EC2 is a health check of every group, and is not written beside others.',
    why: RESOURCE_REFUSED,
    fix: 'Delete EC2.',
    url: `${GUIDE}/health-checks-overview.html`,
    bad: [group(1, "'2'", 'HealthCheckType: EC2,ELB # <-')],
    good: [group(1, "'2'", 'HealthCheckType: ELB'), group(1, "'2'", 'HealthCheckType: EC2')],
    check: property(GROUP, 'HealthCheckType', (value) => {
      const types = (literal(value) ?? '').split(',').map((one) => one.trim());
      return types.length > 1 && types.includes('EC2');
    }),
  },
];
