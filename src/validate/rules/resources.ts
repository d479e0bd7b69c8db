import { beside, many, resource } from './examples.ts';
import type { Rule } from './rule.ts';
import { guide, TYPES } from './urls.ts';

const RESOURCES = guide('resources-section-structure');
const REFUSED = 'CloudFormation refuses the template.';
const TOPIC = 'Type: AWS::EC2::InternetGateway';
const resources = (...lines: readonly string[]): string => `Resources:\n${lines.map((line) => `  ${line}\n`).join('')}`;

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

/** Resources beside their properties: names, types, dependencies, what happens to them on a delete. */
export const RESOURCE_RULES: readonly Rule[] = [
  {
    code: 'E3001',
    name: 'resource-shape',
    message: 'A resource has a name of letters and digits, a Type, and the keys that CloudFormation knows.',
    why: REFUSED,
    fix: 'Correct the key or the name.',
    url: RESOURCES,
    bad: [
      resources(`Gateway: { ${TOPIC}, Propertys: {} } # <-`),
      resources('Gateway: { Properties: {} } # <-'),
      resources(`My-Gateway: { ${TOPIC} } # <-`),
      resources('Gateway: text # <-'),
    ],
    good: [
      resources(`Gateway: { ${TOPIC}, Properties: {} }`),
      `Transform: [Count]\n${resources(`Gateway: { ${TOPIC}, Count: 3 }`)}`,
    ],
  },
  {
    code: 'E3006',
    name: 'resource-type',
    message: 'A type is written AWS::Service::Resource, or Custom::Name.',
    why: REFUSED,
    fix: 'Write the whole type.',
    url: TYPES,
    bad: [resources('Gateway: { Type: InternetGateway } # <-')],
    good: [resources(`Gateway: { ${TOPIC} }`)],
  },
  {
    code: 'PL3010',
    name: 'unknown-schema',
    severity: 'info',
    message: 'podlaunch does not have the schema of a resource type, so its properties are not checked.',
    why: 'A misspelt property or type is found only by CloudFormation.',
    fix: 'Add --engine cfn-lint to have them checked.',
    url: TYPES,
    bad: [resource('AWS::ECS::Cluster').replace('ECS::Cluster', 'ECS::Cluster # <-')],
    good: [resource('AWS::EC2::InternetGateway')],
  },
  {
    code: 'E3004',
    name: 'circle',
    message: 'Resources need each other in a circle.',
    why: 'CloudFormation could create none of them first.',
    fix: 'Move what one needs of the other into a resource of its own, as AWS::EC2::SecurityGroupIngress is.',
    url: guide('troubleshooting'),
    bad: [resources(`One: { ${TOPIC}, DependsOn: Two } # <-`, `Two: { ${TOPIC}, DependsOn: One }`)],
    good: [
      resources(`One: { ${TOPIC} }`, `Two: { ${TOPIC}, DependsOn: One }`),
      `Transform: [Pairs]\n${resources(`One: { ${TOPIC}, DependsOn: Two }`, `Two: { ${TOPIC}, DependsOn: [One, Made] }`)}`,
    ],
  },
  {
    code: 'E3005',
    name: 'depends-on',
    message: 'DependsOn names a resource that is always there when this one is.',
    why: REFUSED,
    fix: 'Correct the name, or give both the same condition.',
    url: guide('aws-attribute-dependson'),
    bad: [resources(`One: { ${TOPIC} }`, `Two: { ${TOPIC}, DependsOn: Onee } # <-`)],
    good: [
      RULE_KEEPS,
      resources(`One: { ${TOPIC} }`, `Two: { ${TOPIC}, DependsOn: One }`),
      `Transform: [Pairs]\n${resources(`One: { ${TOPIC}, DependsOn: Two }`, `Two: { ${TOPIC}, DependsOn: [One, Made] }`)}`,
    ],
  },
  {
    code: 'W3005',
    name: 'needless-depends-on',
    message: 'DependsOn says what a reference says anyway.',
    why: 'Whoever reads it looks for another reason.',
    fix: 'Delete it.',
    url: guide('aws-attribute-dependson'),
    bad: [
      `${resources('Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }')}  Attachment:\n    Type: AWS::EC2::VPCGatewayAttachment\n    DependsOn: Vpc # <-\n    Properties: { VpcId: !Ref Vpc, InternetGatewayId: igw-0123456789abcdef0 }\n`,
    ],
    good: [
      `${resources('Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }')}  Attachment:\n    Type: AWS::EC2::VPCGatewayAttachment\n    Properties: { VpcId: !Ref Vpc, InternetGatewayId: igw-0123456789abcdef0 }\n`,
    ],
  },
  {
    code: 'E3007',
    name: 'name-twice',
    message: 'A parameter and a resource have the same name.',
    why: 'Ref could mean either: CloudFormation refuses the template.',
    fix: 'Rename one.',
    url: RESOURCES,
    bad: [`Parameters:\n  Gateway: { Type: String }\n${resources(`Gateway: { ${TOPIC} } # <-`)}`],
    good: [`Parameters:\n  Name: { Type: String }\n${resources(`Gateway: { ${TOPIC} }`)}`],
  },
  {
    code: 'E3010',
    name: 'resource-count',
    message: 'The template has too many resources.',
    why: 'There may be 500.',
    fix: 'Divide it into several stacks.',
    url: guide('cloudformation-limits'),
    bad: [`Resources: # <-\n${many(501, (i) => `  G${i}: { ${TOPIC} }`)}\n`],
    good: [resources(`Gateway: { ${TOPIC} }`)],
  },
  {
    code: 'E3011',
    name: 'resource-name-length',
    message: 'The name of a resource is too long.',
    why: 'It may have 255 characters.',
    fix: 'Shorten it.',
    url: guide('cloudformation-limits'),
    bad: [resources(`${'G'.repeat(256)}: { ${TOPIC} } # <-`)],
    good: [resources(`Gateway: { ${TOPIC} }`)],
  },
  {
    code: 'E3015',
    name: 'resource-condition',
    message: 'A resource names a condition that does not exist.',
    why: REFUSED,
    fix: 'Correct the name, or declare it under Conditions.',
    url: guide('conditions-section-structure'),
    bad: [resources(`Gateway: { ${TOPIC}, Condition: IsProduction } # <-`)],
    good: [
      `Conditions:\n  IsProduction: !Equals [!Ref AWS::Region, us-west-2]\n${resources(`Gateway: { ${TOPIC}, Condition: IsProduction }`)}`,
    ],
  },
  {
    code: 'E3035',
    name: 'deletion-policy',
    message: 'DeletionPolicy must be Delete, Retain or RetainExceptOnCreate; Snapshot for types that have snapshots.',
    why: REFUSED,
    fix: 'Write one of these.',
    url: guide('aws-attribute-deletionpolicy'),
    bad: [resources(`Gateway: { ${TOPIC}, DeletionPolicy: Keep, UpdateReplacePolicy: Retain } # <-`)],
    good: [resources(`Gateway: { ${TOPIC}, DeletionPolicy: Retain, UpdateReplacePolicy: Retain }`)],
  },
  {
    code: 'E3036',
    name: 'update-replace-policy',
    message: 'UpdateReplacePolicy must be Delete or Retain; Snapshot for types that have snapshots.',
    why: REFUSED,
    fix: 'Write one of these.',
    url: guide('aws-attribute-updatereplacepolicy'),
    bad: [resources(`Gateway: { ${TOPIC}, DeletionPolicy: Retain, UpdateReplacePolicy: Snapshot } # <-`)],
    good: [resources(`Gateway: { ${TOPIC}, DeletionPolicy: Retain, UpdateReplacePolicy: Retain }`)],
  },
  {
    code: 'W3011',
    name: 'one-policy',
    message: 'A resource has only one of DeletionPolicy and UpdateReplacePolicy.',
    why: 'It is kept in one case and lost with its data in the other.',
    fix: 'Add the other.',
    url: guide('aws-attribute-updatereplacepolicy'),
    bad: [resources(`Gateway: { ${TOPIC}, DeletionPolicy: Retain } # <-`)],
    good: [resources(`Gateway: { ${TOPIC}, DeletionPolicy: Retain, UpdateReplacePolicy: Retain }`)],
  },
  {
    code: 'E6001',
    name: 'output-shape',
    message: 'An output has a name of letters and digits, and the keys that CloudFormation knows.',
    why: REFUSED,
    fix: 'Correct the key or the name.',
    url: guide('outputs-section-structure'),
    bad: [
      beside('Outputs:', '  Out: { Value: a, Exports: {} } # <-'),
      beside('Outputs:', '  My-Out: { Value: a } # <-'),
    ],
    good: [beside('Outputs:', '  Out: { Value: a, Export: { Name: b } }')],
  },
  {
    code: 'E6002',
    name: 'output-required',
    message: 'An output has a Value, and its Export a Name.',
    why: REFUSED,
    fix: 'Add what is missing.',
    url: guide('outputs-section-structure'),
    bad: [
      beside('Outputs:', '  Out: { Description: a } # <-'),
      beside('Outputs:', '  Out: { Value: a, Export: {} } # <-'),
    ],
    good: [beside('Outputs:', '  Out: { Value: a }')],
  },
  {
    code: 'E6005',
    name: 'output-condition',
    message: 'An output names a condition that does not exist.',
    why: REFUSED,
    fix: 'Correct the name, or declare it under Conditions.',
    url: guide('conditions-section-structure'),
    bad: [beside('Outputs:', '  Out: { Value: a, Condition: IsProduction } # <-')],
    good: [beside('Outputs:', '  Out: { Value: a }')],
  },
  {
    code: 'E6010',
    name: 'output-count',
    message: 'The template has too many outputs.',
    why: 'There may be 200.',
    fix: 'Leave out those that nobody reads.',
    url: guide('cloudformation-limits'),
    bad: [
      beside(
        'Outputs: # <-',
        many(201, (i) => `  O${i}: { Value: a }`),
      ),
    ],
    good: [beside('Outputs:', '  Out: { Value: a }')],
  },
  {
    code: 'E6011',
    name: 'output-name-length',
    message: 'The name of an output is too long.',
    why: 'It may have 255 characters.',
    fix: 'Shorten it.',
    url: guide('cloudformation-limits'),
    bad: [beside('Outputs:', `  ${'O'.repeat(256)}: { Value: a } # <-`)],
    good: [beside('Outputs:', '  Out: { Value: a }')],
  },
  {
    code: 'E6101',
    name: 'output-value',
    message: 'The value of an output must be text.',
    why: REFUSED,
    fix: 'Join a list: !Join [",", List].',
    url: guide('outputs-section-structure'),
    bad: [beside('Outputs:', '  Out: { Value: [a, b] } # <-')],
    good: [beside('Outputs:', '  Out: { Value: !Join [",", [a, b]] }')],
  },
  {
    code: 'E7001',
    name: 'mapping-shape',
    message: 'A mapping has two levels of keys, and text, numbers or lists below them.',
    why: REFUSED,
    fix: 'Write two levels of keys.',
    url: guide('mappings-section-structure'),
    bad: [beside('Mappings:', '  Zones: text # <-'), beside('Mappings:', '  Zones: { a: { b: { c: d } } } # <-')],
    good: [beside('Mappings:', '  Zones: { a: { b: c } }')],
  },
  {
    code: 'E7002',
    name: 'mapping-name-length',
    message: 'The name of a mapping is too long.',
    why: 'It may have 255 characters.',
    fix: 'Shorten it.',
    url: guide('cloudformation-limits'),
    bad: [beside('Mappings:', `  ${'M'.repeat(256)}: { a: { b: c } } # <-`)],
    good: [beside('Mappings:', '  Zones: { a: { b: c } }')],
  },
  {
    code: 'E7010',
    name: 'mapping-count',
    message: 'The template has too many mappings.',
    why: 'There may be 200.',
    fix: 'Put several into one: it has two levels of keys.',
    url: guide('cloudformation-limits'),
    bad: [
      beside(
        'Mappings: # <-',
        many(201, (i) => `  M${i}: { a: { b: c } }`),
      ),
    ],
    good: [beside('Mappings:', '  Zones: { a: { b: c } }')],
  },
];
