import { isObject, type JsonObject, textOf } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { type Model, objectAt } from '../../model/model.ts';
import { propertiesOf } from '../../model/of-type.ts';
import { several } from '../base/examples.ts';
import { given } from '../base/given.ts';
import { literal, properties, resources } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { resourcePage } from '../base/urls.ts';

const DIRECTORY = 'AWS::DirectoryService::MicrosoftAD';
const SECRET = 'AWS::SecretsManager::Secret';
const PAGE = 'https://docs.aws.amazon.com/directoryservice/latest/devguide/API_CreateMicrosoftAD.html';
const REFUSED = 'Directory Service refuses the directory, and the stack rolls back.';

const directory = (secret: readonly string[], mark: string, key = 'password', ...lines: readonly string[]): string =>
  several({
    Admin: [SECRET, ...secret],
    Directory: [
      DIRECTORY,
      ...['Name: corp.example.com', `Password: !Sub '{{resolve:secretsmanager:\${Admin}:SecretString:${key}}}'${mark}`],
      ...[
        'VpcSettings: { VpcId: vpc-0123456789abcdef0, SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1] }',
        ...lines,
      ],
    ],
  });
const generated = (more: string): readonly string[] => [
  `GenerateSecretString: { SecretStringTemplate: '{"username": "Admin"}', GenerateStringKey: password${more} }`,
];

/** The secret of the template that a dynamic reference resolves, and the key that it takes. */
function resolved(
  model: Model,
  value: Json | undefined,
): { readonly secret: string; readonly key: string } | undefined {
  const sub = isObject(value) ? value['Fn::Sub'] : undefined;
  const text = textOf(Array.isArray(sub) ? sub[0] : sub);
  const [, secret, key] = /^\{\{resolve:secretsmanager:\$\{(\w+)(?:\.Id)?\}:SecretString:([^:}]+)/.exec(text) ?? [];
  if (secret === undefined || key === undefined || objectAt(model.resources, secret)['Type'] !== SECRET)
    return undefined;
  return { secret, key };
}

/** The keys of the JSON that a secret is generated with; undefined where the template does not tell. */
function keysOf(generate: JsonObject): readonly string[] | undefined {
  const key = literal(generate['GenerateStringKey']);
  try {
    const made: unknown = JSON.parse(literal(generate['SecretStringTemplate']) ?? '');
    return key !== undefined && typeof made === 'object' && made !== null ? [...Object.keys(made), key] : undefined;
  } catch {
    return undefined;
  }
}

/** Why a password that Secrets Manager makes is not one of the directory; undefined where it is. */
function passwordFault(generate: JsonObject, model: Model): string | undefined {
  const length = Number(given(model, generate['PasswordLength']) ?? 32);
  if (length < 8 || length > 64) return `The password has ${length} characters: it must have 8 to 64.`;
  const isTrue = (name: string): boolean => textOf(generate[name]).toLowerCase() === 'true';
  const left = ['ExcludeLowercase', 'ExcludeUppercase', 'ExcludeNumbers', 'ExcludePunctuation'].filter(
    (name) => !isTrue(name),
  );
  if (left.length < 3)
    return 'The password has fewer than 3 of: small letters, capital letters, digits, other characters.';
  return undefined;
}

/** What AWS Managed Microsoft AD takes. */
export const DIRECTORY_SETTING_RULES: readonly Rule[] = [
  {
    code: 'PL3125',
    name: 'directory-password',
    message: 'The secret that is the password of a directory does not make one that the directory takes.',
    why: REFUSED,
    fix: 'Let Secrets Manager make 8 to 64 characters of at least three kinds, under the key that the reference takes.',
    url: PAGE,
    bad: [
      directory(generated(', PasswordLength: 6'), ' # <-'),
      directory(generated(', ExcludeNumbers: true, ExcludePunctuation: true'), ' # <-'),
      directory(generated(''), ' # <-', 'pasword'),
    ],
    good: [directory(generated(', PasswordLength: 32, ExcludePunctuation: true'), '')],
    check: resources(DIRECTORY, function* (object, path, model): Generator<Hit> {
      const reference = resolved(model, object['Password']);
      const generate = reference && propertiesOf(model, reference.secret)['GenerateSecretString'];
      if (!reference || !isObject(generate)) return;
      const at = [...path, 'Password'];
      const keys = keysOf(generate);
      const fault = passwordFault(generate, model);
      if (keys && !keys.includes(reference.key))
        yield { path: at, message: `The secret ${reference.secret} has ${keys.join(' and ')}, not ${reference.key}.` };
      else if (fault !== undefined) yield { path: at, message: fault };
    }),
  },
  {
    code: 'PL3126',
    name: 'directory-sso',
    message: 'EnableSso needs an alias of the directory.',
    why: REFUSED,
    fix: 'Add CreateAlias: true, or delete EnableSso.',
    url: resourcePage('aws-resource-directoryservice-microsoftad'),
    bad: [directory(generated(''), '', 'password', 'EnableSso: true # <-')],
    good: [directory(generated(''), '', 'password', 'EnableSso: true', 'CreateAlias: true')],
    check: properties(DIRECTORY, ['EnableSso', 'CreateAlias'], ({ EnableSso, CreateAlias }) =>
      literal(EnableSso) === 'true' && (CreateAlias === undefined || literal(CreateAlias) === 'false')
        ? 'EnableSso'
        : undefined,
    ),
  },
];
