import { isObject, type JsonObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { memo } from '../../model/memo.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { ofType, propertiesOf } from '../../model/of-type.ts';
import { resourceOf } from '../base/given.ts';
import { literal, valuesAt } from '../base/look.ts';
import { plainTexts, textWithVariables } from '../base/texts.ts';
import { statementsOf } from './policy-statements.ts';

const ROLE = 'AWS::IAM::Role';

/** Types that attach a policy to roles. */
const ATTACHED = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'];

/** What a role of the template may do. */
export interface RolePermissions {
  /** Actions that policies of the template allow; `*` and `?` stand for others. */
  readonly actions: readonly string[];
  /** Names of managed policies of AWS. */
  readonly managed: readonly string[];
  /** Whether the template shows all of it. */
  readonly closed: boolean;
}

/** The role of the template whose ARN a value is. */
export function roleOf(model: Model, value: Json | undefined): string | undefined {
  const sub = isObject(value) ? literal(value['Fn::Sub']) : undefined;
  const [, name] = /^\$\{(\w+)\.Arn\}$/.exec(sub ?? '') ?? [];
  return resourceOf(model, name === undefined ? value : { Ref: name }, ROLE);
}

/** The services that may take a role on; undefined where the template does not tell. */
export function trustedServices(model: Model, role: string): readonly string[] | undefined {
  const document = objectAt(propertiesOf(model, role), 'AssumeRolePolicyDocument');
  const services: string[] = [];
  for (const [statement] of statementsOf({ value: document, path: [] })) {
    if (!isObject(statement)) return undefined;
    if (literal(statement['Effect']) !== 'Allow') continue;
    const principal = statement['Principal'];
    if (!isObject(principal) || !isTold(principal['Service'])) return undefined;
    for (const [name] of plainTexts(principal['Service'], [])) services.push(name);
  }
  return services;
}

/** Whether a value is a text or a list of texts, or not there. */
function isTold(value: Json | undefined): boolean {
  return value === undefined || [value].flat().every((one) => literal(one as Json) !== undefined);
}

/** What each role of the template may do. */
export const permissionsOf: (model: Model) => ReadonlyMap<string, RolePermissions> = memo((model) => {
  const attached = new Map<string, JsonObject[]>();
  for (const { properties } of ATTACHED.flatMap((type) => ofType(model, type))) {
    const roles = [properties['Roles'] ?? [], properties['RoleName'] ?? []].flat() as readonly Json[];
    for (const role of roles) {
      const name = resourceOf(model, role, ROLE);
      if (name !== undefined) attached.set(name, [...(attached.get(name) ?? []), properties]);
    }
  }
  return new Map(
    ofType(model, ROLE).map(({ id, properties }) => [id, permissions(model, properties, attached.get(id) ?? [])]),
  );
});

function permissions(model: Model, properties: JsonObject, attached: readonly JsonObject[]): RolePermissions {
  const documents: (Json | undefined)[] = attached.map((one) => one['PolicyDocument']);
  const managed: string[] = [];
  let closed = true;
  for (const { value } of valuesAt(properties, 'Policies.*.PolicyDocument', [], new Map())) documents.push(value);
  for (const { value } of valuesAt(properties, 'ManagedPolicyArns.*', [], new Map())) {
    const [, name] =
      /^arn:(?:\$\{AWS::Partition\}|[^:]+):iam::aws:policy\/([\w/-]+)$/.exec(textWithVariables(value) ?? '') ?? [];
    const own = resourceOf(model, value, 'AWS::IAM::ManagedPolicy');
    if (name !== undefined) managed.push(name.split('/').at(-1)!);
    else if (own !== undefined) documents.push(propertiesOf(model, own)['PolicyDocument']);
    else if (value !== undefined) closed = false;
  }
  const actions: string[] = [];
  for (const document of documents)
    for (const [statement] of statementsOf({ value: document ?? null, path: [] })) {
      if (!isObject(statement)) closed = false;
      else if (literal(statement['Effect']) !== 'Deny') {
        if (!isTold(statement['Action'])) closed = false;
        for (const [action] of plainTexts(statement['Action'], [])) actions.push(action);
        if (statement['NotAction'] !== undefined) closed = false;
      }
    }
  for (const name of ['Policies', 'ManagedPolicyArns']) if (isObject(properties[name])) closed = false;
  return { actions, managed, closed };
}

/** Whether an action is among those that policies allow. */
export function allows({ actions }: RolePermissions, action: string): boolean {
  return actions.some((pattern) => {
    if (pattern === '*') return true;
    const source = pattern
      .toLowerCase()
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replaceAll('?', '.');
    return (pattern.match(/\*/g)?.length ?? 0) < 5 && new RegExp(`^${source}$`).test(action.toLowerCase());
  });
}
