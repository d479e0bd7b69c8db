import { describe, expect, test } from 'vitest';
import { readTemplate } from '../../src/document/read/read-template.ts';
import { validate } from '../../src/validate/validate.ts';

/** What is found in a template beside infos, unused conditions and branches that are never taken: code, severity and line. */
function found(text: string): readonly string[] {
  return validate(readTemplate(text, 't.yaml'))
    .filter(({ code, severity }) => severity !== 'info' && !['W1028', 'W8001'].includes(code))
    .map(({ code, severity, span }) => `${severity} ${code} ${span?.line}`);
}

const SIZES = `Parameters:
  Zones: { Type: String, AllowedValues: ['1', '2', '3'] }
  Nat: { Type: String, AllowedValues: [gateway, instance, none] }
Conditions:
  HasNat: !Not [!Equals [!Ref Nat, none]]
  ByGateway: !And [!Condition HasNat, !Equals [!Ref Nat, gateway]]
  ByInstance: !And [!Condition HasNat, !Not [!Condition ByGateway]]
  Third: !Equals [!Ref Zones, '3']
  Second: !Or [!Condition Third, !Equals [!Ref Zones, '2']]
Resources:
`;

describe('what conditions make impossible is no fault', () => {
  test('of three targets of a route, one is there whatever is chosen', () => {
    const route = `${SIZES}  Route:
    Type: AWS::EC2::Route
    Condition: HasNat
    Properties:
      RouteTableId: rtb-0123456789abcdef0
      DestinationCidrBlock: 0.0.0.0/0
      NatGatewayId: !If [ByGateway, nat-0123456789abcdef0, !Ref AWS::NoValue]
      InstanceId: !If [ByInstance, i-0123456789abcdef0, !Ref AWS::NoValue]
  Use: { Type: AWS::EC2::InternetGateway, Condition: Second }
`;
    expect(found(route)).toEqual([]);
    expect(found(route.replace('    Condition: HasNat\n', ''))).toEqual(['error PL3063 13']);
  });

  test('a branch that another condition excludes is not looked at', () => {
    const database = (inner: string): string => `${SIZES}  Base:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      DBInstanceClass: db.t3.medium
      Engine: postgres
      AllocatedStorage: '20'
      MasterUsername: master
      ManageMasterUserPassword: true
      KmsKeyId: !If [Third, alias/mine, !Ref AWS::NoValue]
      StorageEncrypted: !If [HasNat, !If [${inner}, true, false], !If [ByGateway, 1, !If [${inner}, true, false]]]
`;
    expect(found(database('Second'))).toEqual([]);
    expect(new Set(found(database('ByInstance')))).toEqual(new Set(['error E3720 22']));
  });

  test('a required property is missing where its branch can be taken', () => {
    const box = (condition: string, other: string): string => `${SIZES}  Box:
    Type: AWS::SSM::Parameter
    Condition: ${condition}
    Properties:
      Type: String
      Value: !If [Second, a, !Ref AWS::NoValue]
  Other: { Type: AWS::EC2::InternetGateway, Condition: ${other} }
`;
    expect(found(box('Third', 'ByInstance'))).toEqual([]);
    expect(found(box('ByInstance', 'Third'))).toEqual(['error E3003 14']);
  });
});

test('a reference is wrong in the direction of Fn::If in which the other is not there', () => {
  const text = (value: string): string => `${SIZES}  Gate: { Type: AWS::EC2::InternetGateway, Condition: Third }
  Use: { Type: AWS::EC2::InternetGateway, Condition: ByInstance }
Outputs:
  Out: { Value: ${value} }
`;
  expect(found(text('!If [Second, a, !Ref Gate]'))).toEqual(['warning W1001 14']);
  expect(found(text('!If [Second, !Ref Gate, a]'))).toEqual(['warning W1001 14']);
  expect(found(text('!If [Third, !Ref Gate, a]'))).toEqual([]);
  expect(found(text('!If [Second, !If [Third, !GetAtt Gate.InternetGatewayId, b], a]'))).toEqual([]);
});

test('Rules that say which values go together are known to the conditions, with their own functions', () => {
  const text = (assert: string): string => `Parameters:
  Nat: { Type: String, AllowedValues: [made, none] }
  Net: { Type: String, AllowedValues: [made, given, none] }
Rules:
  NatNeedsNet:
    RuleCondition: !Equals [!Ref Nat, made]
    Assertions:
      - Assert: ${assert}
Conditions:
  HasNet: !Not [!Equals [!Ref Net, none]]
  HasNat: !Equals [!Ref Nat, made]
Resources:
  Gate: { Type: AWS::EC2::InternetGateway, Condition: HasNet }
  Address: { Type: AWS::EC2::EIP, Condition: HasNat, DependsOn: Gate, Properties: { Domain: vpc } }
`;
  expect(found(text('!Not [!Equals [!Ref Net, none]]'))).toEqual([]);
  expect(found(text('{ Fn::Contains: [[made, given], !Ref Net] }'))).toEqual([]);
  expect(found(text('{ Fn::EachMemberIn: [[!Ref Net], [made, given]] }'))).toEqual([]);
  expect(found(text('{ Fn::Contains: [[made, none], !Ref Net] }'))).toEqual(['error E3005 14']);
});

test('conditions that ask a mapping are worked out by its keys', () => {
  const text = (value: string): string => `Parameters:
  Stage: { Type: String, AllowedValues: [test, live] }
Mappings:
  Stages:
    test: { Public: 'no' }
    live: { Public: 'yes' }
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsPublic: !Equals [!FindInMap [Stages, !Ref Stage, Public], 'yes']
Resources:
  Gate: { Type: AWS::EC2::InternetGateway, Condition: IsPublic }
Outputs:
  Out: { Value: !If [IsLive, ${value}] }
`;
  expect(found(text('!Ref Gate, a'))).toEqual([]);
  expect(found(text('a, !Ref Gate'))).toEqual(['warning W1001 13']);
});

test('blocks that are defaults of parameters are warnings: others may be given', () => {
  const text = `Parameters:
  One: { Type: String, Default: 10.0.0.0/24 }
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  A: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: !Ref One } }
  B: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/25 } }
`;
  expect(found(text)).toEqual(['warning E3060 6']);
  expect(found(text.replace('!Ref One', '10.0.0.0/24'))).toEqual(['warning W2001 2', 'error E3060 6']);
});
