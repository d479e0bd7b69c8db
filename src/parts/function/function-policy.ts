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
import { INTERFACES } from './interfaces-policy.ts';

/**
 * ARNs that a permission is for. With a condition of the template the role has the permission only where it is true;
 * `only` are keys of IAM's conditions that must be equal to one of the values.
 */
export type Grant =
  | Arns
  | {
      readonly to: Arns;
      readonly when?: Condition;
      readonly only?: { readonly [key: `${string}:${string}`]: Arns };
    };
export type Arns = Expression<string> | readonly Expression<string>[];

/** The policy of a function's role: its own log, what it declares, and what every function needs. */
export function functionPolicy(
  { permissions, inVpc }: Declaration,
  logsArn: Expression<string>,
  grants: { readonly [sid: string]: Grant },
): Free {
  const declared = Object.entries({ ...permissions, ...EVERY_FUNCTION }).filter(
    ([, { on }]) => on !== 'its own policy',
  );
  return policy(
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logsArn },
    ...declared.map(([sid, permission]) => statement(sid, permission, grants[sid])),
    ...(inVpc ? INTERFACES : []),
  );
}

function statement(sid: string, permission: Permission, grant: Grant | undefined) {
  const { actions, on, why: reason, tagged, only } = permission;
  const given = grant !== undefined && 'to' in grant ? grant : { to: grant! };
  const equal = {
    ...(tagged && { [`${TAG_KEYS[tagged]}/${STACK_TAG}`]: stackId }),
    ...only,
    ...given.only,
  };
  const allowed: Statement = {
    Sid: sid,
    Effect: 'Allow',
    Action: actions.length === 1 ? actions[0]! : actions,
    Resource: on === 'anything' ? '*' : on === 'own stack' ? stackId : given.to,
    ...(Object.keys(equal).length > 0 && { Condition: { StringEquals: equal } }),
  };
  const written = reason === undefined ? allowed : why(reason, allowed);
  return given.when ? when(given.when, written, noValue) : written;
}

/** Where IAM finds the tag: in the request, or on the thing. */
const TAG_KEYS: Readonly<Record<Tagged, string>> = { 'when made': 'aws:RequestTag', 'as it is': 'aws:ResourceTag' };
