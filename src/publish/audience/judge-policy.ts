import { admitsOthers, shutsOutOthers } from './admits-others.ts';
import type { Audience } from './audience.ts';
import { conditionsOf, covers, type PolicyCondition, type PolicyStatement, principalsOf } from './policy-statement.ts';

/** What a bucket's policy says about an audience. */
export interface PolicyVerdict {
  /** Whether it lets the audience read all of the objects. */
  readonly allowed: boolean;
  /** Sid (or number) of a statement that may deny it all the same, and that cannot be judged here. */
  readonly doubt?: string;
  /** Sid (or number) of a statement that lets others read too; never for the audience of everyone. */
  readonly others?: string;
}

/**
 * Judges a bucket's policy by the conditions that podlaunch understands: TLS, organization, account. Where it cannot
 * tell, it does not say yes. It sees no other policy: the launcher's own must allow s3:GetObject too.
 * @param resources ARNs of the objects
 */
export function judgePolicy(
  statements: readonly PolicyStatement[],
  resources: readonly string[],
  audience: Audience,
): PolicyVerdict {
  const allowing = statements.filter(
    (s) => s.Effect === 'Allow' && resources.every((resource) => covers(s, 's3:GetObject', resource)),
  );
  const denying = statements.filter(
    (s) => s.Effect === 'Deny' && resources.some((r) => covers(s, 's3:GetObject', r)) && !isHarmless(s, audience),
  );
  const deniesAll = denying.some((s) => principalsOf(s).includes('*') && conditionsOf(s).length === 0);
  const doubtful = denying[0];
  const wide = deniesAll ? undefined : tooWide(statements, resources, audience);
  const nameOf = (s: PolicyStatement) => s.Sid ?? `number ${statements.indexOf(s) + 1}`;
  return {
    allowed: !deniesAll && isAdmitted(allowing, audience),
    ...(doubtful && { doubt: nameOf(doubtful) }),
    ...(wide && { others: nameOf(wide) }),
  };
}

/** The first statement that lets others than the audience read any of the objects. */
function tooWide(
  statements: readonly PolicyStatement[],
  resources: readonly string[],
  audience: Audience,
): PolicyStatement | undefined {
  if (audience.kind === 'public') return undefined;
  const isOpen = (resource: string) =>
    !statements.some((s) => s.Effect === 'Deny' && covers(s, 's3:GetObject', resource) && shutsOutOthers(s, audience));
  const open = resources.filter(isOpen);
  return statements.find(
    (s) =>
      s.Effect === 'Allow' && admitsOthers(s, audience) && open.some((resource) => covers(s, 's3:GetObject', resource)),
  );
}

function isAdmitted(allowing: readonly PolicyStatement[], audience: Audience): boolean {
  switch (audience.kind) {
    case 'public':
      return allowing.some((s) => isForEveryone(s) && whoConditions(s).length === 0);
    case 'org':
      return allowing.some(
        (s) =>
          isForEveryone(s) && whoConditions(s).every((c) => equals(c, 'aws:principalorgid', [audience.organization])),
      );
    case 'accounts':
      return audience.accounts.every((account) => allowing.some((s) => admitsAccount(s, account)));
  }
}

function admitsAccount(statement: PolicyStatement, account: string): boolean {
  const conditions = whoConditions(statement);
  if (isForEveryone(statement)) return conditions.every((c) => equals(c, 'aws:principalaccount', [account]));
  const root = new RegExp(`^(${account}|arn:[a-z-]+:iam::${account}:root)$`);
  return conditions.length === 0 && principalsOf(statement).some((principal) => root.test(principal));
}

function isForEveryone(statement: PolicyStatement): boolean {
  return principalsOf(statement).includes('*');
}

/** Conditions but for the one that every launcher meets: TLS. */
function whoConditions(statement: PolicyStatement): readonly PolicyCondition[] {
  return conditionsOf(statement).filter((condition) => !isTls(condition, 'true'));
}

/** A denial is harmless when it speaks of requests without (modern) TLS, or of others than the audience. */
function isHarmless(statement: PolicyStatement, audience: Audience): boolean {
  return conditionsOf(statement).some((condition) => {
    const { operator, key, values } = condition;
    if (isTls(condition, 'false') || (key === 's3:tlsversion' && /^NumericLessThan/i.test(operator))) return true;
    if (!/^StringNot(Equals|Like)/i.test(operator) || audience.kind === 'public') return false;
    if (audience.kind === 'org') return key === 'aws:principalorgid' && values.includes(audience.organization);
    return key === 'aws:principalaccount' && audience.accounts.every((account) => values.includes(account));
  });
}

function isTls({ operator, key, values }: PolicyCondition, value: 'true' | 'false'): boolean {
  return key === 'aws:securetransport' && /^Bool/i.test(operator) && values.join() === value;
}

function equals({ operator, key, values }: PolicyCondition, wanted: string, all: readonly string[]): boolean {
  return /^String(Equals|Like)$/i.test(operator) && key === wanted && all.every((value) => values.includes(value));
}
