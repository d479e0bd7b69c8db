import type { Path } from '../../../diagnostics/diagnostic.ts';
import { isList, isObject, type JsonObject, textOf } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { memo } from '../../model/memo.ts';
import { type Model, objectAt, type Text } from '../../model/model.ts';
import { subParts } from '../../model/references.ts';
import { across } from '../base/look.ts';
import type { Check } from '../base/rule.ts';

/** Names of properties and parameters that contain a secret. */
const SECRET_NAME = /(?:password|passwd|passphrase|secret|token|private_?key|api_?key|access_?key)$/i;

/** Names that end like a secret's and contain a place or a rule instead; a custom resource's ServiceToken is an ARN. */
const NO_SECRET =
  /^ServiceToken$|(?:arn|id|name|path|policy|length|rotation|enabled|use|manage|generate)\w*(?:password|secret|token|key)$/i;

/** Whether a name says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !NO_SECRET.test(name);
}

/** Whether a value is true, as CloudFormation takes it. */
export function isTrue(value: Json | undefined): boolean {
  return textOf(value).toLowerCase() === 'true';
}

/** Whether a value is a secret in plain text, and not a reference to one. */
export function isPlain(value: Json): value is string {
  return typeof value === 'string' && value !== '' && !/\{\{resolve:(?:secretsmanager|ssm-secure):/.test(value);
}

/** A property whose name says that it is a secret. */
interface SecretProperty {
  readonly key: string;
  readonly value: Json;
  readonly path: Path;
}

/** The properties of resources whose names say that they are secrets. */
export const secretProperties: (model: Model) => readonly SecretProperty[] = memo(({ resources }) => {
  const found: SecretProperty[] = [];
  for (const name of Object.keys(resources)) {
    const properties = objectAt(resources[name], 'Properties');
    addSecrets(properties, ['Resources', name, 'Properties'], found);
  }
  return found;
});

/** Adds the secrets of a mapping, with those of the mappings in it. `path` leads to it, and is put back. */
function addSecrets(properties: JsonObject, path: (string | number)[], found: SecretProperty[]): void {
  for (const key of Object.keys(properties)) {
    const value = properties[key]!;
    path.push(key);
    if (isSecretName(key)) found.push({ key, value, path: path.slice() });
    if (isObject(value)) addSecrets(value, path, found);
    else if (isList(value))
      for (let index = 0; index < value.length; index++) {
        const item = value[index];
        path.push(index);
        if (isObject(item)) addSecrets(item, path, found);
        path.pop();
      }
    path.pop();
  }
}

/** The texts of a template, with those of Fn::Sub. */
const allTexts: (model: Model) => readonly Text[] = memo((model) => {
  const subs = model.callsOf('Fn::Sub').flatMap(({ argument, path }) => {
    const { text } = subParts(argument);
    return text === undefined ? [] : [{ text, path }];
  });
  return [...model.texts, ...subs];
});

/** Texts that are secrets wherever they are. */
export function secretTexts(what: string, pattern: RegExp): Check {
  return function* (model) {
    for (const { text, path } of allTexts(model))
      if (pattern.test(text)) yield { message: `${keyOf(path)} contains ${what} in plain text.`, path, secret: true };
  };
}

/** The key that a text is at, or in a list of. */
function keyOf(path: Path): string {
  return String(path.findLast((step) => typeof step === 'string' && !step.startsWith('Fn::')) ?? 'The template');
}

/** Secrets that are resolved where the console shows them; in properties they arrive, in mappings and defaults they wait. */
export function shownReferences(kind: 'secretsmanager' | 'ssm-secure'): Check {
  return function* ({ texts }) {
    for (const { text, path } of texts)
      if (/\{\{resolve:(secretsmanager|ssm-secure):/.exec(text)?.[1] === kind && !isResolvedElsewhere(path))
        yield { path };
  };
}

/** Properties in which CloudFormation resolves secure strings: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html */
const SECURE: ReadonlySet<string> = new Set([
  'AWS::DirectoryService::MicrosoftAD Password',
  'AWS::DirectoryService::SimpleAD Password',
  'AWS::ElastiCache::ReplicationGroup AuthToken',
  'AWS::IAM::User LoginProfile.Password',
  'AWS::KinesisFirehose::DeliveryStream RedshiftDestinationConfiguration.Password',
  'AWS::OpsWorks::App AppSource.Password',
  'AWS::OpsWorks::Stack RdsDbInstances.*.DbPassword',
  'AWS::OpsWorks::Stack CustomCookbooksSource.Password',
  'AWS::RDS::DBCluster MasterUserPassword',
  'AWS::RDS::DBInstance MasterUserPassword',
  'AWS::Redshift::Cluster MasterUserPassword',
]);

/** Secure strings of Systems Manager in properties in which they are not resolved. */
export const misplacedSecureStrings: Check = across(function* ({ texts, resources }) {
  for (const { text, path } of texts) {
    if (path[0] !== 'Resources' || path[2] !== 'Properties' || !text.includes('{{resolve:ssm-secure:')) continue;
    const name = path
      .slice(3)
      .filter((key, index, keys) => key !== 'Fn::If' && keys[index - 1] !== 'Fn::If')
      .map((key) => (typeof key === 'number' ? '*' : key))
      .join('.');
    const { Type: type } = objectAt(resources, String(path[1]));
    if (typeof type === 'string' && !SECURE.has(`${type} ${name}`))
      yield { message: `CloudFormation does not resolve secure strings in ${name} of ${type}.`, path };
  }
});

function isResolvedElsewhere(path: Path): boolean {
  if (path[0] === 'Mappings') return true;
  return path[0] === 'Parameters' ? path[2] === 'Default' : path[0] === 'Resources' && path[2] === 'Properties';
}
