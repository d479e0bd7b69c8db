/**
 * An evaluator of IAM policies of our own, for what no emulator here enforces: CloudFormation's own calls, secrets'
 * policies, and the keys of forwarded calls. It follows the IAM User Guide's "Policy evaluation logic" for one account,
 * and knows only what our templates use; it throws for everything else, so that nothing passes unjudged.
 */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/** A call that somebody makes. */
export interface Call {
  /** ARN of the role or user; of a session it is the role's. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
}

interface PolicyDocument {
  readonly Statement: readonly any[];
}

/** What one policy says of a call: Deny before Allow; undefined where it does not speak of it. */
export function judged(policy: PolicyDocument, call: Call): 'Allow' | 'Deny' | undefined {
  const effects = policy.Statement.filter((statement) => speaksOf(statement, call)).map(({ Effect }) => Effect);
  return effects.includes('Deny') ? 'Deny' : effects[0];
}

/** Whether the call goes through: some policy allows it, none denies it. */
export function isAllowed(policies: readonly PolicyDocument[], call: Call): boolean {
  const found = policies.map((policy) => judged(policy, call));
  return found.includes('Allow') && !found.includes('Deny');
}

const KNOWN = ['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'Condition'];

function speaksOf(statement: any, call: Call): boolean {
  const unknown = Object.keys(statement).find((key) => !KNOWN.includes(key));
  if (unknown) throw new Error(`This evaluator does not know ${unknown}`);
  const { Principal, Action, NotAction, Resource, Condition = {} } = statement;
  const named = (patterns: unknown, value: string) => list(patterns).some((one) => isLike(one, value, 'i'));
  const principals = Principal === undefined || Principal === '*' ? ['*'] : list(Principal.AWS);
  return (
    principals.some((one) => one === '*' || one === call.principal) &&
    (Action === undefined ? !named(NotAction, call.action) : named(Action, call.action)) &&
    list(Resource).some((one) => isLike(one, call.resource)) &&
    Object.entries<any>(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, list(values), valuesOf(key, call))),
    )
  );
}

function valuesOf(key: string, { principal, context = {} }: Call): readonly string[] {
  return key === 'aws:PrincipalArn' ? [principal] : list(context[key] ?? []);
}

/** A negated operator is true where the key is missing; every other one does not. */
function holds(operator: string, wanted: readonly string[], found: readonly string[]): boolean {
  const some = (same: (pattern: string, value: string) => boolean) =>
    found.some((value) => wanted.some((pattern) => same(pattern, value)));
  switch (operator) {
    case 'Bool':
    case 'StringEquals':
    case 'ForAnyValue:StringEquals':
      return some((pattern, value) => pattern === value);
    case 'BoolIfExists':
      return found.length === 0 || some((pattern, value) => pattern === value);
    case 'StringLike':
    case 'ArnLike':
    case 'ArnEquals':
      return some(isLike);
    case 'StringNotEquals':
    case 'ForAllValues:StringNotEquals':
      return !some((pattern, value) => pattern === value);
    case 'ArnNotEquals':
      return !some(isLike);
    case 'DateGreaterThan':
      return some((limit, value) => Date.parse(value) > Date.parse(limit));
    case 'Null':
      return wanted.includes(`${found.length === 0}`);
    default:
      throw new Error(`This evaluator does not know ${operator}`);
  }
}

function isLike(pattern: string, value: string, flags = ''): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, `s${flags}`).test(value);
}

function list(value: unknown): readonly string[] {
  return [value].flat() as readonly string[];
}
