import { functionOf, isObject } from '../../../document/intrinsics.ts';
import { didYouMean } from '../../model/shape.ts';
import { keysOf } from '../../schema/iam-keys.ts';
import { resource } from '../base/examples.ts';
import { branches } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { policyDocuments } from './policy-documents.ts';
import { statementsOf } from './policy-statements.ts';

const policy = (operator: string): string =>
  resource(
    'AWS::IAM::ManagedPolicy',
    ...[
      'PolicyDocument:',
      "  Version: '2012-10-17'",
      '  Statement:',
      '    - Effect: Allow',
      '      Action: iam:PassRole',
    ],
    ...["      Resource: '*'", '      Condition:', `        ${operator}`],
  );

/** What is said of a key that its service does not have; undefined of others, and of those whose service is not known. */
function unknown(key: string): Omit<Hit, 'path'> | undefined {
  const [, prefix = '', name = ''] = /^([\w-]+):(.+)$/s.exec(key) ?? [];
  const keys = prefix === '' || name.includes('${') ? undefined : keysOf(prefix.toLowerCase());
  const small = name.toLowerCase();
  const isKnown = (one: string): boolean =>
    /[/:]$/.test(one) ? small.startsWith(one.toLowerCase()) : small === one.toLowerCase();
  if (!keys || keys.some(isKnown)) return undefined;
  return { message: `The service ${prefix} does not have the key ${key}.`, hint: didYouMean(name, keys) };
}

/** Keys of conditions that one service has. */
export const POLICY_KEY_RULES: readonly Rule[] = [
  {
    code: 'PL3182',
    name: 'policy-condition-key',
    severity: 'warning',
    message: 'A condition of a policy asks for a key that the service does not have.',
    why: 'The condition is never true: what it allows is never allowed, what it denies is never denied.',
    fix: 'Correct the name. If AWS has it, go on: podlaunch may be older than the key.',
    url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    bad: [
      policy('StringEquals: { iam:PassedToServices: ec2.amazonaws.com } # <-'),
      policy('StringLike: { s3:prefixes: home/* } # <-'),
    ],
    good: [
      policy('StringEquals: { iam:passedtoservice: ec2.amazonaws.com, iam:ResourceTag/Team: a }'),
      policy("StringEquals: { 'kms:EncryptionContext:Name': a, 's3:prefix': a, 'mine:key': b }"),
      policy("StringEquals: { 'token.actions.githubusercontent.com:sub': a, saml:aud: b }"),
    ],
    *check(model) {
      for (const document of policyDocuments(model))
        for (const [statement, path] of statementsOf(document))
          for (const { value, path: at } of branches(isObject(statement) ? statement['Condition'] : undefined, [
            ...path,
            'Condition',
          ]))
            for (const [operator, keys] of isObject(value) && !functionOf(value) ? Object.entries(value) : [])
              for (const key of isObject(keys) && !functionOf(keys) ? Object.keys(keys) : []) {
                const hit = unknown(key);
                if (hit) yield { ...hit, path: [...at, operator, key], part: 'key' };
              }
    },
  },
];
