import type { Json } from '../../../document/template-document.ts';
import { several } from '../base/examples.ts';
import { all, resources, valuesAt } from '../base/look.ts';
import type { Check, Hit, Rule } from '../base/rule.ts';
import { zoneOf } from './zones.ts';

const EC2 = 'AWS::EC2::';
const SUBNET = `${EC2}Subnet`;
const VPC = 'VpcId: vpc-0123456789abcdef0';

const inZones = (other: string, mark = ''): string =>
  several({
    One: [SUBNET, VPC, 'CidrBlock: 10.0.0.0/24', 'AvailabilityZone: us-west-2a'],
    Two: [SUBNET, VPC, 'CidrBlock: 10.0.1.0/24', `AvailabilityZone: ${other}`],
    Front: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'Type: network', `Subnets: [!Ref One, !Ref Two]${mark}`],
  });

/** Where resources must not have two subnets of one zone. */
function oneEach(type: string, name: string, applies: (beside: Readonly<Record<string, Json>>) => boolean): Check {
  return resources(type, function* (object, path, model, known): Generator<Hit> {
    if (!applies(object)) return;
    const seen = new Map<string, string>();
    for (const { value, path: at } of valuesAt(object, `${name}.*`, path, known)) {
      const one = zoneOf(model, value);
      const first = one && seen.get(one.key);
      if (one && first !== undefined && first !== one.subnet)
        yield { path: at, message: `${first} and ${one.subnet} are in the same availability zone.` };
      if (one) seen.set(one.key, one.subnet);
    }
  });
}

/** What may be in each availability zone once. */
export const SUBNETS_OF_ZONES_RULES: readonly Rule[] = [
  {
    code: 'PL3131',
    name: 'one-subnet-each-zone',
    message: 'Two subnets are in the same availability zone, where one of each zone may be named.',
    why: 'The service refuses it, and the stack rolls back.',
    fix: 'Name one subnet of each zone.',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html',
    bad: [inZones('us-west-2a', ' # <-')],
    good: [inZones('us-west-2b')],
    check: all(
      oneEach('AWS::ElasticLoadBalancingV2::LoadBalancer', 'Subnets', () => true),
      oneEach(`${EC2}VPCEndpoint`, 'SubnetIds', ({ VpcEndpointType }) => VpcEndpointType === 'Interface'),
    ),
  },
];
