import type { Path } from '../../../diagnostics/diagnostic.ts';
import { functionOf, has, isList, isObject, type JsonObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { didYouMean, unknownKeys, wrongKind } from '../../model/shape.ts';
import { branches, literal } from '../base/look.ts';
import type { Check, Hit } from '../base/rule.ts';
import { notText, notTexts, plainTexts } from '../base/texts.ts';
import { conditionFaults } from './policy-conditions.ts';
import { type PolicyDocument, type PolicyKind, policyDocuments } from './policy-documents.ts';
import { principalFaults } from './policy-principals.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html */
const VERSIONS = ['2012-10-17', '2008-10-17'];
const DOCUMENT = ['Version', 'Id', 'Statement'];
const STATEMENT = ['Sid', 'Effect', 'Action', 'NotAction', 'Condition'];
const PRINCIPALS = ['Principal', 'NotPrincipal'];
const RESOURCES = ['Resource', 'NotResource'];

/** The keys of a statement beside those that every statement may have; one of each pair is needed. */
const PAIRS: Readonly<Record<PolicyKind, readonly (readonly string[])[]>> = {
  identity: [RESOURCES],
  resource: [PRINCIPALS, RESOURCES],
  trust: [PRINCIPALS],
  repository: [PRINCIPALS],
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATOR =
  /^(?:For(?:Any|All)Values?:)?(?:String(?:Not)?(?:Equals(?:IgnoreCase)?|Like)|Arn(?:Not)?(?:Equals|Like)|Numeric(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|Date(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|Bool|BinaryEquals|(?:Not)?IpAddress|Null)(?:IfExists)?$/i;

/** What is wrong with the policy documents of a kind. */
export function policies(kind: PolicyKind): Check {
  return function* (model) {
    for (const document of policyDocuments(model)) if (document.kind === kind) yield* documentFaults(document, model);
  };
}

const statements = new WeakMap<object, readonly (readonly [Json, Path])[]>();

/** The statements of a policy document. Several rules ask for them. */
export function statementsOf(document: Pick<PolicyDocument, 'value' | 'path'>): readonly (readonly [Json, Path])[] {
  const known = statements.get(document) ?? [...statementsIn(document)];
  statements.set(document, known);
  return known;
}

function* statementsIn({ value, path }: Pick<PolicyDocument, 'value' | 'path'>): Generator<readonly [Json, Path]> {
  const list = isObject(value) ? value['Statement'] : undefined;
  for (const one of branches(list, [...path, 'Statement'])) {
    const items: Iterable<readonly [number | undefined, Json]> = isList(one.value)
      ? one.value.entries()
      : one.value === undefined
        ? []
        : [[undefined, one.value]];
    for (const [index, item] of items)
      for (const inner of branches(item, index === undefined ? one.path : [...one.path, index]))
        if (inner.value !== undefined && !functionOf(inner.value)) yield [inner.value, inner.path];
  }
}

function* documentFaults(document: PolicyDocument, model: Model): Generator<Hit> {
  const { value, path, kind, type } = document;
  if (!isObject(value) || functionOf(value)) return;
  yield* unknownKeys(value, path, DOCUMENT);
  yield* notText(value['Version'], [...path, 'Version']);
  const version = literal(value['Version']);
  if (version !== undefined && !VERSIONS.includes(version))
    yield {
      message: `Version cannot be ${version}.`,
      path: [...path, 'Version'],
      hint: 'Write 2012-10-17: the version of the language, not of the policy.',
    };
  if (!has(value, 'Statement'))
    yield { message: 'The policy needs a Statement.', path, part: 'key', hint: 'Add Statement.' };
  const sids = new Map<string, Path>();
  for (const [statement, at] of statementsOf(document)) {
    if (!isObject(statement)) yield wrongKind(statement, at, 'mapping');
    else {
      yield* statementFaults(statement, at, kind);
      yield* referenceFaults(statement, at, model);
      if (kind === 'resource') yield* ownServiceFaults(statement, at, type);
      yield* repeatedSid(statement, at, sids);
    }
  }
}

/** A Sid that an earlier statement has, where both are there whatever conditions say. */
function* repeatedSid(statement: JsonObject, path: Path, before: Map<string, Path>): Generator<Hit> {
  const sid = literal(statement['Sid']);
  if (sid === undefined || sid === '' || path.includes('Fn::If')) return;
  const first = before.get(sid);
  if (first)
    yield {
      message: `Two statements have the Sid ${sid}.`,
      path: [...path, 'Sid'],
      related: [{ message: 'The first', path: first }],
    };
  else before.set(sid, [...path, 'Sid']);
}

/** Types of which Ref gives a name or an id, where a policy takes an ARN. */
const NAMED: ReadonlySet<string> = new Set([
  ...['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::Lambda::Function', 'AWS::KMS::Key', 'AWS::IAM::Role'],
  ...['AWS::Logs::LogGroup', 'AWS::SSM::Parameter', 'AWS::ECR::Repository', 'AWS::Kinesis::Stream', 'AWS::SQS::Queue'],
  ...['AWS::IAM::User', 'AWS::FSx::FileSystem', 'AWS::EFS::FileSystem', 'AWS::DirectoryService::MicrosoftAD'],
]);

/** Resources that are named where an ARN is needed. */
function* referenceFaults(statement: JsonObject, path: Path, model: Model): Generator<Hit> {
  for (const name of RESOURCES)
    for (const one of branches(statement[name], [...path, name])) {
      const items: Iterable<readonly [number | undefined, Json]> = isList(one.value)
        ? one.value.entries()
        : [[undefined, one.value ?? null]];
      for (const [index, item] of items) {
        const id = isObject(item) && typeof item['Ref'] === 'string' ? item['Ref'] : undefined;
        const type = id === undefined ? undefined : objectAt(model.resources, id)['Type'];
        if (typeof type === 'string' && NAMED.has(type))
          yield {
            message: `${name} must be an ARN, but Ref of ${id} gives a name.`,
            path: index === undefined ? one.path : [...one.path, index],
            hint:
              type === 'AWS::SQS::Queue' || type.startsWith('AWS::S3') ? `Write !GetAtt ${id}.Arn.` : 'Write its ARN.',
          };
      }
    }
}

/** The service whose actions alone a policy of a resource can have. */
const OWN_SERVICE: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::BucketPolicy': ['s3', 's3-object-lambda'],
  'AWS::SNS::TopicPolicy': ['sns'],
  'AWS::SQS::QueuePolicy': ['sqs'],
  'AWS::KMS::Key': ['kms'],
  'AWS::SecretsManager::ResourcePolicy': ['secretsmanager'],
};

/** Actions of another service than the one that has the resource. */
function* ownServiceFaults(statement: JsonObject, path: Path, type: string): Generator<Hit> {
  const own = OWN_SERVICE[type];
  if (!own) return;
  for (const name of ['Action', 'NotAction'])
    for (const [action, at] of plainTexts(statement[name], [...path, name])) {
      const service = action.split(':', 1)[0]!.toLowerCase();
      if (action.includes(':') && /^[\w-]+$/.test(service) && !own.includes(service))
        yield { message: `A policy of this type can only have actions of ${own[0]}, not ${action}.`, path: at };
    }
}

function* statementFaults(statement: JsonObject, path: Path, kind: PolicyKind): Generator<Hit> {
  // ECR takes a Resource, which must be *.
  const more = kind === 'repository' ? RESOURCES : [];
  yield* unknownKeys(statement, path, [...STATEMENT, ...PAIRS[kind].flat(), ...more]);
  yield* required(statement, path, ['Effect']);
  for (const { value, path: at } of branches(statement['Effect'], [...path, 'Effect'])) {
    const effect = literal(value);
    if (effect !== undefined && effect !== 'Allow' && effect !== 'Deny')
      yield {
        message: `Effect must be Allow or Deny, not ${effect}.`,
        path: at,
        hint: didYouMean(effect, ['Allow', 'Deny']),
      };
  }
  for (const name of ['Sid', 'Effect']) yield* notText(statement[name], [...path, name]);
  for (const name of ['Action', 'NotAction', ...RESOURCES]) yield* textsFaults(statement, name, path);
  for (const pair of [['Action', 'NotAction'], ...PAIRS[kind]]) yield* required(statement, path, pair);
  for (const name of ['Action', 'NotAction'])
    for (const [action, at] of plainTexts(statement[name], [...path, name]))
      yield* actionFaults(action, at, kind, name);
  for (const name of RESOURCES)
    for (const [resource, at] of kind === 'identity' ? plainTexts(statement[name], [...path, name]) : [])
      if (!/^(?:\*|arn:.*)$/s.test(resource) || (!resource.includes('*') && resource.split(':').length < 6))
        yield { message: `${name} must be an ARN or *, not ${resource}.`, path: at, hint: 'Write arn:aws:…, or *.' };
  for (const name of PRINCIPALS) if (kind !== 'identity') yield* principalFaults(statement[name], [...path, name]);
  if (kind === 'trust' && isObject(statement['Principal']) && has(statement['Principal'], 'Service'))
    for (const [action, at] of plainTexts(statement['Action'], [...path, 'Action']))
      if (/^sts:AssumeRoleWith/i.test(action))
        yield { message: `A service takes a role on by sts:AssumeRole, not by ${action}.`, path: at };
  const sid = literal(statement['Sid']);
  if (kind === 'identity' && sid !== undefined && !/^[A-Za-z0-9]*$/.test(sid))
    yield { message: `Sid must consist of letters and digits, not ${sid}.`, path: [...path, 'Sid'] };
  for (const { value, path: at } of branches(statement['Condition'], [...path, 'Condition'])) {
    if (value !== undefined && !isObject(value)) yield wrongKind(value, at, 'mapping');
    if (!isObject(value) || functionOf(value)) continue;
    for (const [operator, keys] of Object.entries(value)) {
      if (keys !== null && !isObject(keys)) yield wrongKind(keys, [...at, operator], 'mapping');
      if (!OPERATOR.test(operator) && operator !== 'Fn::If')
        yield {
          message: `${operator} is not an operator of conditions.`,
          path: [...at, operator],
          part: 'key',
          hint: 'For example: StringEquals, ArnLike, Bool.',
        };
      if (isObject(keys)) yield* conditionFaults(operator, keys, [...at, operator]);
    }
  }
}

/** Keys of which a statement needs exactly one. What a condition may remove counts as there where it is asked for. */
function* required(statement: JsonObject, path: Path, names: readonly string[]): Generator<Hit> {
  const there = names.filter((name) => statement[name] !== undefined);
  if (there.length === 1 && !functionOf(statement[there[0]!])) return;
  const certain = names.filter((name) =>
    [...branches(statement[name], path)].every(({ value }) => value !== undefined),
  );
  const possible = names.filter((name) =>
    [...branches(statement[name], path)].some(({ value }) => value !== undefined),
  );
  const [one] = names;
  if (possible.length === 0)
    yield { message: `The statement needs ${names.join(' or ')}.`, path, part: 'key', hint: `Add ${one}.` };
  if (certain.length > 1)
    yield {
      message: `The statement cannot have both ${names.join(' and ')}.`,
      path: [...path, certain.at(-1)!],
      part: 'key',
      hint: 'Keep one.',
    };
}

/** Where a text or a list of texts must be: something else, or a list without an entry. */
function* textsFaults(statement: JsonObject, name: string, path: Path): Generator<Hit> {
  const at = [...path, name];
  yield* notTexts(statement[name], at);
  if (isList(statement[name]) && statement[name].length === 0)
    yield { message: `${name} is a list without an entry.`, path: at, part: 'key' };
}

function* actionFaults(action: string, path: Path, kind: PolicyKind, name: string): Generator<Hit> {
  if (!/^(?:\*|[\w-]+:[\w*?]+)$/.test(action))
    yield {
      message: `${name} must be written service:Action, not ${action}.`,
      path,
      hint: 'For example: s3:GetObject.',
    };
  else if (kind === 'trust' && !/^(?:\*|sts:)/i.test(action))
    yield {
      message: `${name} of a trust policy must be one of sts, not ${action}.`,
      path,
      hint: 'Write sts:AssumeRole.',
    };
}
