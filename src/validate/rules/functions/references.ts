import type { Path } from '../../../diagnostics/diagnostic.ts';
import { isList } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { missingWhen } from '../../model/availability.ts';
import { getAttParts, targetsOf } from '../../model/references.ts';
import { CONDITION, output, resource, VPC, value } from '../base/examples.ts';
import { across, all } from '../base/look.ts';
import { TEMPLATE_REFUSED } from '../base/reasons.ts';
import type { Rule } from '../base/rule.ts';
import { functionPage, guide } from '../base/urls.ts';
import { arg, args, isPlainText, isText, usage } from '../base/usage.ts';
import { inConditions } from '../language/condition-expressions.ts';
import { unknownAttribute, unknownName } from './names.ts';

/** A template in which Vpc is there under a condition only, with an output. */
const conditional = (output: string): string =>
  `${CONDITION.join('\n')}\n  IsTest: !Not [!Condition IsProduction]\n${VPC}\n    Condition: IsProduction\nOutputs:\n  ${output}\n`;

const isDotted = (item: Json | undefined): boolean => typeof item === 'string' && /^[^.]+\..+$/.test(item);
const nameAndAttribute = args([isPlainText, isText]);

/** Ref and Fn::GetAtt. */
export const REFERENCE_RULES: readonly Rule[] = [
  {
    code: 'E1020',
    name: 'ref',
    message: 'Ref names a parameter or resource of the template, or a pseudo parameter.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the name, or declare it.',
    url: functionPage('ref'),
    bad: [
      output('!Ref Vpcc # <-'),
      `Conditions:\n  Made: !Equals [!Ref Vpc, a] # <-\n${VPC}\n    Condition: Made\n`,
      output('!Ref AWS::Regio # <-'),
      output('!Ref [Vpc] # <-'),
      resource('AWS::EC2::Subnet', 'VpcId: vpc-0123456789abcdef0', 'CidrBlock: !Ref AWS::NotificationARNs # <-'),
    ],
    good: [
      output('!Ref Vpc'),
      output('!Ref AWS::Region'),
      value(
        '{ Ref: !Sub "${Kind}Name" }',
        'Transform: AWS::LanguageExtensions',
        'Parameters: { Kind: { Type: String }, BoxName: { Type: String } }',
      ),
      'Resources:\n  Mine: { Type: My::Bucket::Kind::MODULE }\nOutputs:\n  Out: { Value: !Ref MineBucket }\n',
    ],
    check: all(
      usage('Ref', '!Ref Name', arg(isPlainText), ({ argument, path }, model) =>
        unknownName(model, String(argument), path),
      ),
      inConditions('Ref'),
    ),
  },
  {
    code: 'E1010',
    name: 'get-att',
    message: 'Fn::GetAtt names a resource of the template and an attribute that its type has.',
    why: TEMPLATE_REFUSED,
    fix: 'Correct the name of the resource or of the attribute.',
    url: functionPage('getatt'),
    bad: [output('!GetAtt Vpc.CidrBlok # <-'), output('!GetAtt Vpcc.CidrBlock # <-'), output('!GetAtt Vpc # <-')],
    good: [output('!GetAtt Vpc.CidrBlock')],
    check: usage(
      'Fn::GetAtt',
      '!GetAtt Name.Attribute',
      (argument) => (isPlainText(argument) ? arg(isDotted)(argument) : nameAndAttribute(argument)),
      function* ({ argument, path }, model) {
        const [name, attribute] = getAttParts(argument);
        if (name === undefined || attribute === undefined) return;
        const part = (index: number): Path => (isList(argument) ? [...path, index] : path);
        yield* unknownAttribute(model, [name, attribute], part(0), part(1));
      },
    ),
  },
  {
    code: 'W1001',
    name: 'conditional-reference',
    message: 'Something refers to a resource that is not there under every condition.',
    why: 'When the condition is false, CloudFormation refuses the stack.',
    fix: 'Put Fn::If with that condition around it, or give both the same condition.',
    url: guide('conditions-section-structure'),
    bad: [
      conditional('Out: { Value: !Ref Vpc } # <-'),
      conditional("Out: { Value: !Sub '${Vpc.CidrBlock}' } # <-"),
      conditional('Out: { Value: !If [IsTest, !Ref Vpc, a] } # <-'),
    ],
    good: [
      conditional('Out: { Condition: IsProduction, Value: !Ref Vpc }'),
      conditional('Out: { Value: !If [IsTest, a, !Ref Vpc] }'),
    ],
    check: across(function* (model) {
      for (const call of model.calls) {
        if (call.path[0] !== 'Resources' && call.path[0] !== 'Outputs') continue;
        for (const target of targetsOf(call)) {
          const condition = missingWhen(model, target, call.path);
          if (condition === undefined) continue;
          yield {
            message: `${target} does not exist when the condition ${condition} is false, but this refers to it.`,
            path: call.path,
            hint: `Put Fn::If with ${condition} around it, or give this the same condition.`,
            related: [{ message: `The condition of ${target}`, path: ['Resources', target, 'Condition'] }],
          };
        }
      }
    }),
  },
];
