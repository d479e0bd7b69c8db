import type { Path } from '../../diagnostics/diagnostic.ts';
import { isList, isObject, type JsonObject, subVariables, textOf } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import type { Finding } from '../model/finding.ts';
import { type Model, objectAt } from '../model/model.ts';

/** Names of properties and parameters that hold a secret. */
const SECRET_NAME = /(?:password|passwd|passphrase|secret|token|private_?key|api_?key|access_?key)$/i;

/** Names that end like a secret's and hold a place or a rule instead; a custom resource's ServiceToken is an ARN. */
const NO_SECRET =
  /^ServiceToken$|(?:arn|id|name|path|policy|length|rotation|enabled|use|manage|generate)\w*(?:password|secret|token|key)$/i;

/** Texts that are secrets wherever they stand. */
const SECRETS = [
  { code: 'PL3032', what: 'a private key', pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/ },
  { code: 'PL3033', what: 'an AWS access key id', pattern: /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/ },
] as const;

const ADVICE = 'Keep it in Secrets Manager, and write {{resolve:secretsmanager:NAME:SecretString:KEY}} here.';

/** Secrets in the clear: whoever may read the template, the stack's parameters or its outputs reads them too. */
export function* secrets(template: Model): Generator<Finding> {
  yield* knownSecrets(template);
  for (const [name, resource] of Object.entries(template.resources)) {
    if (isObject(resource) && isObject(resource['Properties']))
      yield* passwords(template, resource['Properties'], ['Resources', name, 'Properties']);
  }
  yield* parameterSecrets(template);
  yield* shownSecrets(template);
}

function* knownSecrets({ texts, calls }: Model): Generator<Finding> {
  const subs = calls.flatMap(({ name, argument, path }) => {
    const text = isList(argument) ? argument[0] : argument;
    return name === 'Fn::Sub' && typeof text === 'string' ? [{ text, path }] : [];
  });
  for (const { text, path } of [...texts, ...subs]) {
    for (const { code, what, pattern } of SECRETS)
      if (pattern.test(text))
        yield { code, message: `Here stands ${what} in the clear.`, path, hint: ADVICE, secret: true };
  }
}

/** Literals where a property holds a password, and parameters there that the console would show. */
function* passwords(template: Model, properties: JsonObject, path: Path): Generator<Finding> {
  for (const [key, value] of Object.entries(properties)) {
    const at = [...path, key];
    if (SECRET_NAME.test(key) && !NO_SECRET.test(key)) yield* passwordFaults(template, key, value, at);
    const inner: readonly [string | number, Json][] = isList(value) ? [...value.entries()] : [[key, value]];
    for (const [index, item] of inner)
      if (isObject(item)) yield* passwords(template, item, isList(value) ? [...at, index] : at);
  }
}

function* passwordFaults({ parameters }: Model, key: string, value: Json, path: Path): Generator<Finding> {
  const isPassword = /password$/i.test(key);
  if (typeof value === 'string' && value !== '' && !/\{\{resolve:(?:secretsmanager|ssm-secure):/.test(value)) {
    const message = `${key} stands here in the clear.`;
    yield isPassword
      ? { code: 'W2501', message, path, hint: ADVICE, secret: true }
      : { code: 'PL3031', severity: 'warning', message, path, hint: ADVICE, secret: true };
  }
  const name = isObject(value) ? value['Ref'] : undefined;
  if (typeof name !== 'string' || !isPassword) return;
  const parameter = parameters[name];
  if (isObject(parameter) && !isTrue(parameter['NoEcho']))
    yield {
      code: 'W2501',
      message: `The parameter ${name} is a password, but everyone who may see the stack sees it.`,
      path: ['Parameters', name],
      part: 'key',
      hint: 'Add NoEcho: true.',
      related: [{ message: 'It is used as a password here', path }],
    };
}

/** Parameters whose name says that they are secret: no default, and not shown. */
function* parameterSecrets({ parameters }: Model): Generator<Finding> {
  for (const [name, parameter] of Object.entries(parameters)) {
    if (!isObject(parameter)) continue;
    const { Default, NoEcho, AllowedValues } = parameter;
    const secret = isTrue(NoEcho) || (SECRET_NAME.test(name) && !NO_SECRET.test(name) && AllowedValues === undefined);
    if (!secret) continue;
    const path = ['Parameters', name];
    if (typeof Default === 'string' && Default !== '' && !Default.startsWith('{{resolve:'))
      yield {
        code: 'PL3034',
        severity: 'warning',
        message: `The secret parameter ${name} has a default, which everyone knows.`,
        path: [...path, 'Default'],
        hint: 'Delete the default.',
        secret: true,
      };
    if (!isTrue(NoEcho))
      yield {
        code: 'PL3035',
        severity: 'warning',
        message: `The parameter ${name} is a secret by its name, but everyone who may see the stack sees it.`,
        path,
        part: 'key',
        hint: 'Add NoEcho: true.',
      };
  }
}

/** Secret parameters, and secrets that are resolved, in what the console shows: outputs and metadata. */
function* shownSecrets({ calls, texts, parameters }: Model): Generator<Finding> {
  const isShown = (path: Path): boolean =>
    path[0] === 'Outputs' || path[0] === 'Metadata' || (path[0] === 'Resources' && path[2] === 'Metadata');
  for (const { name, argument, path } of calls) {
    if (!isShown(path)) continue;
    const text = isList(argument) ? argument[0] : argument;
    const names =
      typeof text !== 'string' ? [] : name === 'Ref' ? [text] : name === 'Fn::Sub' ? subVariables(text) : [];
    for (const secret of names.filter((one) => isTrue(objectAt(parameters, one)['NoEcho'])))
      yield { code: 'W2010', message: `The secret parameter ${secret} is shown here.`, path, hint: 'Leave it out.' };
  }
  for (const { text, path } of texts) {
    const kind = /\{\{resolve:(secretsmanager|ssm-secure):/.exec(text)?.[1];
    if (kind === undefined || isResolvedElsewhere(path)) continue;
    yield {
      code: kind === 'secretsmanager' ? 'E1051' : 'E1027',
      message: 'CloudFormation resolves secrets in properties of resources only: here it would be shown.',
      path,
      hint: 'Put out its name or ARN instead.',
    };
  }
}

/** Where a reference is resolved, or stays a text until it is used: a default, a value of a mapping. */
function isResolvedElsewhere(path: Path): boolean {
  if (path[0] === 'Mappings') return true;
  return path[0] === 'Parameters' ? path[2] === 'Default' : path[0] === 'Resources' && path[2] === 'Properties';
}

function isTrue(value: Json | undefined): boolean {
  return textOf(value).toLowerCase() === 'true';
}
