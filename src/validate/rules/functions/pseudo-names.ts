import { value } from '../base/examples.ts';
import { across } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
const PSEUDO = /^AWS::(?:AccountId|NotificationARNs|NoValue|Partition|Region|StackId|StackName|URLSuffix)$/;

/** Names of pseudo parameters that are written as text. */
export const PSEUDO_NAME_RULES: readonly Rule[] = [
  {
    code: 'W1054',
    name: 'pseudo-name-as-text',
    message: 'The name of a pseudo parameter is written as text.',
    why: 'It is handed on as it is written, and never replaced.',
    fix: 'Write !Ref before it.',
    url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html',
    bad: [value('AWS::Region # <-'), value("!Join ['-', [a, AWS::StackName]] # <-")],
    good: [value('!Ref AWS::Region'), value("!Join ['-', [a, !Ref AWS::StackName]]")],
    check: across(function* ({ texts }) {
      for (const { text, path } of texts)
        if (PSEUDO.test(text) && /^(?:Resources|Outputs|Conditions)$/.test(String(path[0])) && !isName(path))
          yield { path, message: `${text} is text here: it is not replaced.`, hint: `Write !Ref ${text}.` };
    }),
  },
];

/** Whether a text is the argument of Ref, or is for people and tools. */
function isName(path: readonly (string | number)[]): boolean {
  return (
    path.at(-1) === 'Ref' || path[2] === 'Metadata' || path.includes('Fn::ForEach') || path.at(-1) === 'Description'
  );
}
