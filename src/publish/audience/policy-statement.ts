/** A statement of a bucket's policy, as it is written in JSON. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** One comparison of a statement's Condition. */
export interface PolicyCondition {
  readonly operator: string;
  /** In lower case: keys are compared so. */
  readonly key: string;
  readonly values: readonly string[];
}

/** The comparisons of a statement, all of which must be true. */
export function conditionsOf({ Condition = {} }: PolicyStatement): readonly PolicyCondition[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ({ operator, key: key.toLowerCase(), values: listOf(value) })),
  );
}

/** The account ids and ARNs that a statement names, or `*`. */
export function principalsOf({ Principal }: PolicyStatement): readonly string[] {
  return Principal === '*' ? ['*'] : listOf((Principal as { readonly AWS?: unknown } | undefined)?.AWS);
}

/** Whether a statement speaks of an action on a resource. */
export function covers(statement: PolicyStatement, action: string, resource: string): boolean {
  const actions = listOf(statement.Action ?? statement.NotAction).some((pattern) => matches(pattern, action, 'is'));
  const resources = listOf(statement.Resource ?? statement.NotResource).some((p) => matches(p, resource, 's'));
  return actions !== (statement.Action === undefined) && resources !== (statement.Resource === undefined);
}

/** Policies write one value as itself, several as a list. */
function listOf(value: unknown): readonly string[] {
  return value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String);
}

function matches(pattern: string, text: string, flags: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, flags).test(text);
}
