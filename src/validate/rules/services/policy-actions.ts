import { isObject } from '../../../document/intrinsics.ts';
import { didYouMean } from '../../model/shape.ts';
import { actionsOf, services } from '../../schema/iam-actions.ts';
import { resource } from '../base/examples.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { plainTexts } from '../base/texts.ts';
import { policyDocuments } from './policy-documents.ts';
import { statementsOf } from './policy-statements.ts';

const policy = (action: string): string =>
  resource(
    'AWS::IAM::ManagedPolicy',
    ...['PolicyDocument:', "  Version: '2012-10-17'", '  Statement:', '    - Effect: Allow', `      Action: ${action}`],
    "      Resource: '*'",
  );

/** What is said of an action that IAM does not have; undefined of others. */
function unknown(action: string): Omit<Hit, 'path'> | undefined {
  const [service = '', pattern = ''] = action.toLowerCase().split(':');
  // Of a pattern with many wildcards nothing is claimed: to try it may take long.
  if (!/^[\w-]+$/.test(service) || !/^[\w?]*(?:\*[\w?]*){0,3}$/.test(pattern) || pattern === '') return undefined;
  const actions = actionsOf(service);
  if (!actions) return { message: `IAM does not know a service ${service}.`, hint: didYouMean(service, services) };
  if (actions.has(pattern)) return undefined;
  if (!/[*?]/.test(pattern))
    return {
      message: `The service ${service} does not have the action ${action}.`,
      hint: didYouMean(pattern, actions.all),
    };
  return actions.hasLike(pattern)
    ? undefined
    : { message: `The service ${service} does not have an action that matches ${action}.` };
}

/** Actions in policies. */
export const POLICY_ACTION_RULES: readonly Rule[] = [
  {
    code: 'W3037',
    name: 'policy-action',
    message: 'A policy names an action that IAM does not have.',
    why: 'The policy allows or denies nothing by it.',
    fix: 'Correct the name. If AWS has it, go on: podlaunch may be older than the action.',
    url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    bad: [policy('s33:GetObject # <-'), policy('s3:GetObjct # <-'), policy('s3:Gett* # <-')],
    good: [policy('[s3:GetObject, s3:getobject, s3:Get*, logs:CreateLogStream]'), policy("'*'")],
    *check(model) {
      for (const document of policyDocuments(model))
        for (const [statement, path] of statementsOf(document))
          for (const name of ['Action', 'NotAction'])
            for (const [action, at] of isObject(statement) ? plainTexts(statement[name], [...path, name]) : []) {
              const hit = unknown(action);
              if (hit) yield { ...hit, path: at };
            }
    },
  },
];
