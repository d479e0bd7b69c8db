import type { Audience } from './audience.ts';
import { conditionsOf, type PolicyCondition, type PolicyStatement, principalsOf } from './policy-statement.ts';

type Closed = Exclude<Audience, { readonly kind: 'public' }>;

/**
 * Whether a statement that allows reading admits others than the audience. Accounts that are named one by one may
 * belong to an organization: for it, they do not count as others.
 */
export function admitsOthers(statement: PolicyStatement, audience: Closed): boolean {
  if (conditionsOf(statement).some((c) => /^String(Equals|Like)$/i.test(c.operator) && namesOnly(c, audience)))
    return false;
  const principals = principalsOf(statement);
  if (statement.NotPrincipal !== undefined || principals.includes('*')) return true;
  return audience.kind === 'accounts' && principals.some((p) => !audience.accounts.includes(accountOf(p)));
}

/** Whether a denial shuts out everyone but the audience, whatever other statements allow. */
export function shutsOutOthers(statement: PolicyStatement, audience: Closed): boolean {
  const [condition, ...more] = conditionsOf(statement);
  if (!condition || more.length > 0 || !principalsOf(statement).includes('*')) return false;
  return /^StringNot(Equals|Like)$/i.test(condition.operator) && namesOnly(condition, audience);
}

/** Values with wild cards are not the audience: they equal none of its names. */
function namesOnly({ key, values }: PolicyCondition, audience: Closed): boolean {
  const [wanted, names] =
    audience.kind === 'org'
      ? ['aws:principalorgid', [audience.organization]]
      : ['aws:principalaccount', audience.accounts];
  return key === wanted && values.every((value) => names.includes(value));
}

function accountOf(principal: string): string {
  return /^(?:arn:[a-z-]+:(?:iam|sts)::)?([0-9]{12})(?::|$)/.exec(principal)?.[1] ?? '';
}
