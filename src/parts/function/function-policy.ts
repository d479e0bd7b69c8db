import { why } from '../../aws/comments.ts';
import { type Condition, when } from '../../aws/conditions.ts';
import { noValue, stackId } from '../../aws/intrinsics.ts';
import { policy, type Statement } from '../../aws/policy.ts';
import type { Expression, Free } from '../../aws/value.ts';
import {
  type Declaration,
  EVERY_FUNCTION,
  type Permission,
  STACK_TAG,
  type Tagged,
} from '../../functions/lib/declaration.ts';

/** ARNs that a permission is for; with a condition the role has the permission only where it is true. */
export type Grant = Arns | { readonly to: Arns; readonly when: Condition };
export type Arns = Expression<string> | readonly Expression<string>[];

/** The policy of a function's role: its own log, what it declares, and what every function needs. */
export function functionPolicy(
  { permissions }: Declaration,
  logsArn: Expression<string>,
  grants: { readonly [sid: string]: Grant },
): Free {
  const declared = Object.entries({ ...permissions, ...EVERY_FUNCTION }).filter(
    ([, { on }]) => on !== 'its own policy',
  );
  return policy(
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logsArn },
    ...declared.map(([sid, permission]) => statement(sid, permission, grants[sid])),
  );
}

function statement(sid: string, { actions, on, why: reason, tagged }: Permission, grant: Grant | undefined) {
  const Resource = on === 'anything' ? '*' : on === 'own stack' ? stackId : arnsOf(grant!);
  const allowed: Statement = {
    Sid: sid,
    Effect: 'Allow',
    Action: actions.length === 1 ? actions[0]! : actions,
    Resource,
    ...(tagged && { Condition: { StringEquals: { [`${TAG_KEYS[tagged]}/${STACK_TAG}`]: stackId } } }),
  };
  const written = reason === undefined ? allowed : why(reason, allowed);
  return grant !== undefined && 'when' in grant ? when(grant.when, written, noValue) : written;
}

/** Where IAM finds the tag: in the request, or on the thing. */
const TAG_KEYS: Readonly<Record<Tagged, string>> = { 'when made': 'aws:RequestTag', 'as it is': 'aws:ResourceTag' };

function arnsOf(grant: Grant) {
  return 'to' in grant ? grant.to : grant;
}
