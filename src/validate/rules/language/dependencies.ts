import { has } from '../../../document/intrinsics.ts';
import { missingWhen } from '../../model/availability.ts';
import { circles } from '../../model/circles.ts';
import type { Model } from '../../model/model.ts';
import { dependencies, type Need, resourceNeeds } from '../../model/needs.ts';
import { isInModule } from '../../model/references.ts';
import { didYouMean } from '../../model/shape.ts';
import { several } from '../base/examples.ts';
import { across } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';
import { circle } from './circle.ts';

const TOPIC = 'Type: AWS::EC2::InternetGateway';
const resources = (...lines: readonly string[]): string => `Resources:\n${lines.map((line) => `  ${line}\n`).join('')}`;

/** A template in which the resource One is there under a condition only, and the resource Two is given. */
const optional = (two: string): string =>
  `Conditions: { IsLive: !Equals [!Ref AWS::Region, us-west-2] }\n${resources(`One: { ${TOPIC}, Condition: IsLive }`, `Two: { ${two}`)}`;

/** A rule makes sure that the gateway is there when the address is. */
const RULE_KEEPS = `Parameters:
  Net: { Type: String, AllowedValues: [made, given] }
  Nat: { Type: String, AllowedValues: [made, none] }
Rules:
  NatNeedsNet:
    RuleCondition: !Equals [!Ref Nat, made]
    Assertions:
      - Assert: !Equals [!Ref Net, made]
Conditions:
  MakesNet: !Equals [!Ref Net, made]
  MakesNat: !Equals [!Ref Nat, made]
Resources:
  Gateway: { Type: AWS::EC2::InternetGateway, Condition: MakesNet }
  Address: { Type: AWS::EC2::EIP, Condition: MakesNat, DependsOn: Gateway, Properties: { Domain: vpc } }
`;

/** Whether a resource may be made by a macro, or be within a module. */
function mayBe(model: Model, name: string): boolean {
  return model.mayMake('Resources', name) || isInModule(model, name);
}

function isDependsOn({ path }: Need): boolean {
  return path[2] === 'DependsOn';
}

/** What resources need of each other. */
export const DEPENDENCY_RULES: readonly Rule[] = [
  {
    code: 'E3004',
    name: 'circle',
    message: 'Resources need each other in a circle.',
    why: 'CloudFormation could create none of them first.',
    fix: 'Move what one needs of the other into a resource of its own, as AWS::EC2::SecurityGroupIngress is.',
    url: guide('troubleshooting'),
    bad: [
      resources(`One: { ${TOPIC}, DependsOn: Two } # <-`, `Two: { ${TOPIC}, DependsOn: One }`),
      several({ Self: ['AWS::EC2::SecurityGroup', 'GroupDescription: !Ref Self'] }).replace('Self:', 'Self: # <-'),
      several({
        One: ['AWS::EC2::SecurityGroup', "GroupDescription: !Sub '${Two.GroupId}'"],
        Two: ['AWS::EC2::SecurityGroup', 'GroupDescription: !GetAtt One.GroupId'],
      }).replace('One:', 'One: # <-'),
    ],
    good: [
      resources(`One: { ${TOPIC} }`, `Two: { ${TOPIC}, DependsOn: One }`),
      `Transform: [Pairs]\n${resources(`One: { ${TOPIC}, DependsOn: Two }`, `Two: { ${TOPIC}, DependsOn: [One, Made] }`)}`,
    ],
    check: across(function* (model) {
      for (const needs of circles(resourceNeeds(model))) yield circle(needs, 'Resources');
    }),
  },
  {
    code: 'E3005',
    name: 'depends-on',
    message: 'DependsOn names a resource that is always there when this one is.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the name, or give both the same condition.',
    url: guide('aws-attribute-dependson'),
    bad: [
      resources(`One: { ${TOPIC} }`, `Two: { ${TOPIC}, DependsOn: Onee } # <-`),
      optional(`${TOPIC}, DependsOn: One } # <-`),
    ],
    good: [
      RULE_KEEPS,
      optional(`${TOPIC}, Condition: IsLive, DependsOn: One }`),
      resources(`One: { ${TOPIC} }`, `Two: { ${TOPIC}, DependsOn: One }`),
      `Transform: [Pairs]\n${resources(`One: { ${TOPIC}, DependsOn: Two }`, `Two: { ${TOPIC}, DependsOn: [One, Made] }`)}`,
    ],
    check: across(function* (model) {
      for (const [name, one] of Object.entries(model.resources))
        for (const { target, path } of dependencies(name, one)) {
          if (typeof target !== 'string') continue;
          const condition = missingWhen(model, target, path);
          if (condition !== undefined) {
            const message = `${target} does not exist when the condition ${condition} is false, but ${name} depends on it.`;
            yield { message, path, hint: `Give ${name} the same condition.` };
          } else if (target === name || !(has(model.resources, target) || mayBe(model, target))) {
            const reason = target === name ? 'the resource itself' : 'not a resource of this template';
            const others = (): readonly string[] => Object.keys(model.resources).filter((id) => id !== name);
            const message = `DependsOn of ${name} names ${target}, which is ${reason}.`;
            yield { message, path, hint: didYouMean(target, others) };
          }
        }
    }),
  },
  {
    code: 'W3005',
    name: 'needless-depends-on',
    message: 'DependsOn says what a reference says anyway.',
    why: 'Anyone who reads it looks for another reason.',
    fix: 'Delete it.',
    url: guide('aws-attribute-dependson'),
    bad: [
      `${resources('Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }')}  Attachment:\n    Type: AWS::EC2::VPCGatewayAttachment\n    DependsOn: Vpc # <-\n    Properties: { VpcId: !Ref Vpc, InternetGatewayId: igw-0123456789abcdef0 }\n`,
    ],
    good: [
      `${resources('Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }')}  Attachment:\n    Type: AWS::EC2::VPCGatewayAttachment\n    Properties: { VpcId: !Ref Vpc, InternetGatewayId: igw-0123456789abcdef0 }\n`,
    ],
    *check(model) {
      for (const [name, needs] of resourceNeeds(model))
        for (const { target, path } of needs.filter(isDependsOn)) {
          const other = needs.find((need) => need.target === target && !isDependsOn(need));
          if (!other || target === name) continue;
          const message = `${name} waits for ${target} even without DependsOn, because it refers to it.`;
          yield { message, path, related: [{ message: 'The reference', path: other.path }] };
        }
    },
  },
];
