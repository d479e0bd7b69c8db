import { resource } from '../base/examples.ts';
import type { Rule } from '../base/rule.ts';
import { functionPage, guide } from '../base/urls.ts';

const WHY = 'The service refuses the resource where this value is used, and the stack rolls back.';
const FIX = 'Correct the value where it is written, or leave the wrong ones out.';
const group = (value: string): string => resource('AWS::Logs::LogGroup', `RetentionInDays: ${value}`);
const days = (text: string): string => `Parameters:\n  Days: { Type: String, ${text} }\n`;
const map = (other: string): string =>
  `Parameters:\n  Stage: { Type: String }\nMappings:\n  Days:\n    test: { Value: 1 }\n    live: { Value: ${other} }\n`;
const MAPPED = '!FindInMap [Days, !Ref Stage, Value]';

/** Values that are not written where they are used: cfn-lint's ids tell by which function they come. */
export const THROUGH_FUNCTION_RULES: readonly Rule[] = [
  {
    code: 'W1030',
    name: 'value-by-ref',
    message: 'What a parameter may be does not fit where it is used.',
    why: WHY,
    fix: FIX,
    url: guide('parameters-section-structure'),
    bad: [
      `${days('Default: 2').trimEnd()} # <-\n${group('!Ref Days')}`,
      `Parameters:\n  Days:\n    Type: Number\n    AllowedValues:\n      - 1\n      - 2 # <-\n    Default: 1\n${group('!Ref Days')}`,
    ],
    good: [
      `${days('Default: 30')}${group('!Ref Days')}`,
      `${days("Default: ''")}Conditions: { Keep: !Not [!Equals [!Ref Days, '']] }\n${group('!If [Keep, !Ref Days, 1]')}`,
    ],
    by: 'schema',
  },
  {
    code: 'W1031',
    name: 'value-by-sub',
    message: 'What Fn::Sub may give does not fit where it is used.',
    why: WHY,
    fix: FIX,
    url: functionPage('sub'),
    bad: [`${days('Default: 2').trimEnd()} # <-\n${group("!Sub '${Days}'")}`],
    good: [`${days('Default: 3')}${group("!Sub '${Days}'")}`],
    by: 'schema',
  },
  {
    code: 'W1032',
    name: 'value-by-join',
    message: 'What Fn::Join may give does not fit where it is used.',
    why: WHY,
    fix: FIX,
    url: functionPage('join'),
    bad: [`${days('Default: 2').trimEnd()} # <-\n${group("!Join ['', [!Ref Days, 1]]")}`],
    good: [`${days('Default: 3')}${group("!Join ['', [!Ref Days, 0]]")}`],
    by: 'schema',
  },
  {
    code: 'W1033',
    name: 'value-by-split',
    message: 'What Fn::Split may give does not fit where it is used.',
    why: WHY,
    fix: FIX,
    url: functionPage('split'),
    bad: [
      `${days('Default: "a,a"').trimEnd()} # <-\n${resource('AWS::EC2::VPCEndpoint', 'VpcId: vpc-0123456789abcdef0', 'ServiceName: com.amazonaws.us-west-2.ssm', 'VpcEndpointType: Interface', 'SubnetIds: !Split [",", !Ref Days]')}`,
    ],
    good: [
      `${days('Default: "subnet-0123456789abcdef0"')}${resource('AWS::EC2::VPCEndpoint', 'VpcId: vpc-0123456789abcdef0', 'ServiceName: com.amazonaws.us-west-2.ssm', 'VpcEndpointType: Interface', 'SubnetIds: !Split [",", !Ref Days]')}`,
    ],
    by: 'schema',
  },
  {
    code: 'W1034',
    name: 'value-by-mapping',
    message: 'A value of a mapping does not fit where it is used.',
    why: WHY,
    fix: FIX,
    url: functionPage('findinmap'),
    bad: [`${map('2')}${group(`${MAPPED} # <-`)}`],
    good: [`${map('3')}${group(MAPPED)}`],
    by: 'schema',
  },
  {
    code: 'W1035',
    name: 'value-by-select',
    message: 'What Fn::Select may give does not fit where it is used.',
    why: WHY,
    fix: FIX,
    url: functionPage('select'),
    bad: [`${days('Default: 2').trimEnd()} # <-\n${group('!Select [0, [!Ref Days, 1]]')}`],
    good: [`${days('Default: 2')}${group('!Select [1, [!Ref Days, 1]]')}`],
    by: 'schema',
  },
];
