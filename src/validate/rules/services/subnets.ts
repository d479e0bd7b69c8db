import type { Path } from '../../../diagnostics/diagnostic.ts';
import { isObject } from '../../../document/intrinsics.ts';
import type { ConditionValues } from '../../model/conditions.ts';
import { memo } from '../../model/memo.ts';
import type { Model } from '../../model/model.ts';
import { ofType, propertiesOf } from '../../model/of-type.ts';
import { together } from '../../model/together.ts';
import { resource, several } from '../base/examples.ts';
import { given, resourceOf } from '../base/given.ts';
import { combinations, property } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { unique } from '../base/unique.ts';
import { type Block, ipv4Block, isWithin, overlap } from './ipv4-block.ts';

const SUBNET = 'AWS::EC2::Subnet';
const VPC = 'AWS::EC2::VPC';
const SIZES = 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html';
const REFUSED = 'EC2 refuses it, and the stack rolls back.';
const network = (vpc: string, one: string, other = '10.0.9.0/24'): string =>
  several({
    Vpc: [VPC, `CidrBlock: ${vpc}`],
    One: [SUBNET, 'VpcId: !Ref Vpc', `CidrBlock: ${one}`],
    Other: [SUBNET, 'VpcId: !Ref Vpc', `CidrBlock: ${other}`],
  });

/** A subnet of a VPC, with its block as the template is created. */
interface Subnet {
  readonly id: string;
  readonly vpc: string;
  readonly text: string;
  readonly block: Block;
  readonly path: Path;
  readonly known: ConditionValues;
  /** The block is the default of a parameter: who launches the stack may give another. */
  readonly isDefault: boolean;
}

/** What is said of a parameter's default is a warning: another value may be given. */
function unsure(isDefault: boolean): Pick<Hit, 'severity'> {
  return isDefault ? { severity: 'warning' } : {};
}

/** The subnets of a template, under every way in which their conditions turn out; none where a macro may change them. */
const subnets: (model: Model) => readonly Subnet[] = memo((model) => {
  const found: Subnet[] = [];
  for (const { id, properties, path, known } of model.hasMacros ? [] : ofType(model, SUBNET))
    for (const way of combinations(properties, ['VpcId', 'CidrBlock'], path, known, model)) {
      const { value, path: at, known: when } = way.get('CidrBlock')!;
      const text = given(model, value);
      const block = ipv4Block(text);
      const vpc = way.get('VpcId')!.value;
      if (block && text !== undefined && vpc !== undefined)
        found.push({ id, vpc: JSON.stringify(vpc), text, block, path: at, known: when, isDefault: isObject(value) });
    }
  return found;
});

/** Whether another subnet of the VPC is so far away that no block of a VPC has both: the largest is a /16. */
function isFarFromOther(model: Model, one: Subnet): boolean {
  const area = ({ first }: Block): number => Math.floor(first / 2 ** 16);
  return subnets(model).some(
    (other) =>
      other.vpc === one.vpc &&
      !other.isDefault &&
      !one.isDefault &&
      area(other.block) !== area(one.block) &&
      together(model, other.known, one.known),
  );
}

/** Subnets: their blocks of addresses, and their route tables. */
export const SUBNET_RULES: readonly Rule[] = [
  {
    code: 'PL3087',
    name: 'block-size',
    message: 'The block of a VPC or subnet must have a netmask of /16 to /28.',
    why: REFUSED,
    fix: 'Write a netmask from 16 to 28.',
    url: SIZES,
    bad: [
      resource(VPC, 'CidrBlock: 10.0.0.0/8 # <-'),
      resource(SUBNET, 'VpcId: vpc-0123456789abcdef0', 'CidrBlock: 10.0.0.0/29 # <-'),
    ],
    good: [
      resource(VPC, 'CidrBlock: 10.0.0.0/16'),
      resource(SUBNET, 'VpcId: vpc-0123456789abcdef0', 'CidrBlock: 10.0.0.0/28'),
    ],
    check: property([VPC, SUBNET], 'CidrBlock', (value, _, model) => {
      const text = given(model, value);
      const bits = ipv4Block(text) ? Number(text?.split('/')[1]) : 16;
      if (bits >= 16 && bits <= 28) return false;
      return { message: `The netmask of ${text} must be /16 to /28.`, ...unsure(isObject(value)) };
    }),
  },
  {
    code: 'E3059',
    name: 'subnet-outside-vpc',
    message: 'The addresses of a subnet are not in its VPC.',
    why: REFUSED,
    fix: 'Write a block that is a part of the block of the VPC.',
    url: SIZES,
    bad: [
      network('10.0.0.0/16', '10.1.0.0/24 # <-'),
      network('!Ref Block', '10.1.0.0/24 # <-').replace(
        /^/,
        'Parameters:\n  Block: { Type: String, Default: 10.0.0.0/16 }\n',
      ),
    ],
    good: [
      network('10.0.0.0/16', '10.0.1.0/24'),
      `${network('10.0.0.0/16', '10.1.0.0/24')}  More:\n    Type: AWS::EC2::VPCCidrBlock\n    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/16 }\n`,
    ],
    *check(model) {
      const hasMore = ofType(model, 'AWS::EC2::VPCCidrBlock').length > 0;
      for (const one of hasMore ? [] : subnets(model)) {
        const { id, vpc, text, block, path, isDefault } = one;
        const of = resourceOf(model, JSON.parse(vpc), VPC);
        const around = propertiesOf(model, of)['CidrBlock'];
        const whole = given(model, around);
        const outer = ipv4Block(whole);
        if (outer && !isWithin(block, outer))
          yield {
            path,
            message: `The block ${text} of ${id} is not in ${whole}, the block of ${of}.`,
            ...unsure((isDefault || isObject(around)) && !isFarFromOther(model, one)),
          };
      }
    },
  },
  {
    code: 'E3060',
    name: 'subnets-overlap',
    message: 'Two subnets of a VPC have addresses in common.',
    why: REFUSED,
    fix: 'Give each subnet a block of its own.',
    url: SIZES,
    bad: [network('10.0.0.0/16', '10.0.0.0/24', '10.0.0.128/25 # <-')],
    good: [network('10.0.0.0/16', '10.0.0.0/24', '10.0.1.0/24')],
    *check(model) {
      const before: Subnet[] = [];
      for (const one of subnets(model).slice(0, 500)) {
        const other = before.find(
          (two) =>
            two.id !== one.id &&
            two.vpc === one.vpc &&
            overlap(two.block, one.block) &&
            together(model, two.known, one.known),
        );
        if (other)
          yield {
            path: one.path,
            message: `The block ${one.text} of ${one.id} overlaps ${other.text}, the block of ${other.id}.`,
            related: [{ message: `The block of ${other.id}`, path: other.path }],
            ...unsure(one.isDefault || other.isDefault),
          };
        before.push(one);
      }
    },
  },
  {
    code: 'E3022',
    name: 'two-route-tables',
    message: 'A subnet is associated with two route tables.',
    why: REFUSED,
    fix: 'Keep one association: put all routes of the subnet into its route table.',
    url: 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html',
    bad: [
      several({
        One: [
          'AWS::EC2::SubnetRouteTableAssociation',
          'SubnetId: subnet-0123456789abcdef0',
          'RouteTableId: rtb-0123456789abcdef0',
        ],
        Other: [
          'AWS::EC2::SubnetRouteTableAssociation',
          'SubnetId: subnet-0123456789abcdef0 # <-',
          'RouteTableId: rtb-0123456789abcdef1',
        ],
      }),
    ],
    good: [
      several({
        One: [
          'AWS::EC2::SubnetRouteTableAssociation',
          'SubnetId: subnet-0123456789abcdef0',
          'RouteTableId: rtb-0123456789abcdef0',
        ],
        Other: [
          'AWS::EC2::SubnetRouteTableAssociation',
          'SubnetId: subnet-0123456789abcdef1',
          'RouteTableId: rtb-0123456789abcdef0',
        ],
      }),
    ],
    check: unique(
      'AWS::EC2::SubnetRouteTableAssociation',
      ['SubnetId'],
      (first) => `${first} associates this subnet with a route table already.`,
    ),
  },
];
