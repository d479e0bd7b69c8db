import { functionOf, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { resource } from '../base/examples.ts';
import { literal } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';
import { policyDocuments } from './policy-documents.ts';

const NOW = '2012-10-17';
const policy = (version: readonly string[], to = "'*'"): string =>
  resource(
    'AWS::IAM::ManagedPolicy',
    ...['PolicyDocument:', ...version, '  Statement:', '    - Effect: Allow', '      Action: s3:ListBucket'],
    `      Resource: ${to}`,
  );
const OF_USER = "'arn:aws:s3:::home-${aws:username}'";

/** Whether a policy has variables, such as `${aws:username}`: with Fn::Sub they are written `${!aws:username}`. */
function hasVariables(document: Json): boolean {
  return /\$\{!?[a-z][\w-]*:[A-Za-z]/.test(JSON.stringify(document));
}

/** The version of the language of policies. */
export const POLICY_VERSION_RULES: readonly Rule[] = [
  {
    code: 'W2511',
    name: 'old-policy-version',
    message: `A policy is written in an old version of the language: the new one is ${NOW}.`,
    why: 'The old version has no variables: ${aws:username} is then text that no name has.',
    fix: `Write Version: '${NOW}'.`,
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html',
    bad: [
      policy(["  Version: '2008-10-17' # <-"]),
      policy([], OF_USER).replace('PolicyDocument:', 'PolicyDocument: # <-'),
    ],
    good: [policy([`  Version: '${NOW}'`], OF_USER), policy([])],
    *check(model) {
      for (const { value, path, kind } of policyDocuments(model)) {
        if (!isObject(value) || functionOf(value)) continue;
        const version = literal(value['Version']);
        // Services write the old version into policies of resources themselves: there it matters for variables alone.
        const isOld = version === '2008-10-17' && (kind === 'identity' || kind === 'trust' || hasVariables(value));
        if (isOld) yield { path: [...path, 'Version'] };
        else if (value['Version'] === undefined && hasVariables(value))
          yield { path, part: 'key', message: 'A policy without Version has no variables, but this one uses some.' };
      }
    },
  },
];
