import type { Path } from '../../../diagnostics/diagnostic.ts';
import { isList, isObject, type JsonObject, subVariables } from '../../../document/intrinsics.ts';
import { objectAt } from '../../model/model.ts';
import { beside, resource, value } from '../base/examples.ts';
import { all } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';
import {
  isPlain,
  isSecretName,
  isTrue,
  misplacedSecureStrings,
  secretProperties,
  secretTexts,
  shownReferences,
} from './plain-secrets.ts';

const NO_ECHO = guide('parameters-section-structure');
const REFERENCES = guide('dynamic-references-secretsmanager');
const READ = 'Anyone who may read the template, the parameters of the stack or its outputs reads it too.';
const KEEP = 'Keep it in Secrets Manager, and write {{resolve:secretsmanager:NAME:SecretString:KEY}} here.';
const directory = (password: string): string =>
  resource(
    'AWS::DirectoryService::MicrosoftAD',
    ...['Name: corp.example.com', `Password: ${password}`, 'VpcSettings:', '  VpcId: vpc-0123456789abcdef0'],
    '  SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]',
  );
const RESOLVED = "'{{resolve:secretsmanager:admin:SecretString:password}}'";

/** Parameters that are secret: they say so with NoEcho, or by their name. */
function* secretParameters(parameters: JsonObject): Generator<readonly [name: string, parameter: JsonObject]> {
  for (const [name, parameter] of Object.entries(parameters))
    if (
      isObject(parameter) &&
      (isTrue(parameter['NoEcho']) || (isSecretName(name) && parameter['AllowedValues'] === undefined))
    )
      yield [name, parameter];
}

/** Whether the console shows what is at a path: outputs and metadata. */
function isShown(path: Path): boolean {
  return path[0] === 'Outputs' || path[0] === 'Metadata' || (path[0] === 'Resources' && path[2] === 'Metadata');
}

/** Secrets that others can read. */
export const SECRET_RULES: readonly Rule[] = [
  {
    code: 'W2501',
    name: 'password',
    message: 'A password is in plain text, or in a parameter that is shown.',
    why: READ,
    fix: KEEP,
    url: REFERENCES,
    bad: [directory('Passw0rd! # <-'), `Parameters:\n  Admin: { Type: String } # <-\n${directory('!Ref Admin')}`],
    good: [directory(RESOLVED), `Parameters:\n  Admin: { Type: String, NoEcho: true }\n${directory('!Ref Admin')}`],
    *check(model) {
      for (const { key, value, path } of secretProperties(model).filter((one) => /password$/i.test(one.key))) {
        if (isPlain(value)) yield { message: `${key} is in plain text.`, path, secret: true };
        const name = isObject(value) ? value['Ref'] : undefined;
        const parameter = typeof name === 'string' ? model.parameters[name] : undefined;
        if (isObject(parameter) && !isTrue(parameter['NoEcho']))
          yield {
            message: `The parameter ${String(name)} is a password, but everyone who may see the stack sees it.`,
            path: ['Parameters', String(name)],
            part: 'key',
            hint: 'Add NoEcho: true.',
            related: [{ message: 'It is used as a password here', path }],
          };
      }
    },
  },
  {
    code: 'PL3031',
    name: 'secret-property',
    severity: 'warning',
    message: 'A property contains a secret in plain text.',
    why: READ,
    fix: KEEP,
    url: REFERENCES,
    bad: [
      resource('Custom::Thing', 'ServiceToken: arn:aws:lambda:us-west-2:111122223333:function:a', 'ApiKey: abc # <-'),
    ],
    good: [
      resource(
        'Custom::Thing',
        'ServiceToken: arn:aws:lambda:us-west-2:111122223333:function:a',
        `ApiKey: ${RESOLVED}`,
      ),
    ],
    *check(model) {
      for (const { key, value, path } of secretProperties(model))
        if (!/password$/i.test(key) && isPlain(value))
          yield { message: `${key} is in plain text.`, path, secret: true };
    },
  },
  {
    code: 'PL3032',
    name: 'private-key',
    message: 'A private key is in plain text.',
    why: READ,
    fix: `${KEEP} Make a new key: this one has been seen.`,
    url: REFERENCES,
    bad: [value("'-----BEGIN RSA PRIVATE KEY-----' # <-")],
    good: [value("'-----BEGIN PUBLIC KEY-----'")],
    check: secretTexts('a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/),
  },
  {
    code: 'PL3033',
    name: 'access-key',
    message: 'An AWS access key id is in plain text.',
    why: READ,
    fix: `${KEEP} Delete the key in IAM: it has been seen.`,
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
    bad: [value('AKIAIOSFODNN7EXAMPLE # <-')],
    good: [value('AKIA')],
    check: secretTexts('an AWS access key id', /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/),
  },
  {
    code: 'PL3034',
    name: 'secret-default',
    severity: 'warning',
    message: 'A secret parameter has a default.',
    why: 'Everyone who has the template knows it, and most people keep defaults.',
    fix: 'Delete the default.',
    url: NO_ECHO,
    bad: [
      directory('!Ref Admin').replace(
        /^/,
        'Parameters:\n  Admin: { Type: String, NoEcho: true, Default: Passw0rd! } # <-\n',
      ),
    ],
    good: [directory('!Ref Admin').replace(/^/, 'Parameters:\n  Admin: { Type: String, NoEcho: true }\n')],
    *check({ parameters }) {
      for (const [name, parameter] of secretParameters(parameters)) {
        const { Default } = parameter;
        if (typeof Default !== 'string' || Default === '' || Default.startsWith('{{resolve:')) continue;
        const message = `The secret parameter ${name} has a default, which everyone knows.`;
        yield { message, path: ['Parameters', name, 'Default'], secret: true };
      }
    },
  },
  {
    code: 'PL3035',
    name: 'secret-shown',
    severity: 'warning',
    message: 'A parameter is a secret by its name, but is shown to everyone who may see the stack.',
    why: READ,
    fix: 'Add NoEcho: true.',
    url: NO_ECHO,
    bad: [beside('Parameters:', '  AdminPassword: { Type: String } # <-')],
    good: [beside('Parameters:', '  AdminPassword: { Type: String, NoEcho: true }')],
    *check({ parameters }) {
      for (const [name, parameter] of secretParameters(parameters))
        if (!isTrue(parameter['NoEcho'])) {
          const message = `The parameter ${name} is a secret by its name, but everyone who may see the stack sees it.`;
          yield { message, path: ['Parameters', name], part: 'key' };
        }
    },
  },
  {
    code: 'W2010',
    name: 'secret-output',
    message: 'A secret parameter is shown in an output or in metadata.',
    why: 'NoEcho hides the parameter, and not what is made of it.',
    fix: 'Leave it out.',
    url: NO_ECHO,
    bad: [
      beside('Parameters:', '  Admin: { Type: String, NoEcho: true }', 'Outputs:', '  Out: { Value: !Ref Admin } # <-'),
    ],
    good: [beside('Parameters:', '  Admin: { Type: String }', 'Outputs:', '  Out: { Value: !Ref Admin }')],
    *check(model) {
      for (const { name, argument, path } of model.calls) {
        if (!isShown(path)) continue;
        const text = isList(argument) ? argument[0] : argument;
        const names =
          typeof text !== 'string' ? [] : name === 'Ref' ? [text] : name === 'Fn::Sub' ? subVariables(text) : [];
        for (const secret of names.filter((one) => isTrue(objectAt(model.parameters, one)['NoEcho'])))
          yield { message: `This shows the secret parameter ${secret}.`, path };
      }
    },
  },
  {
    code: 'E1051',
    name: 'secret-reference',
    message: 'CloudFormation resolves secrets of Secrets Manager in properties of resources only.',
    why: 'The stack is refused, because the secret would be shown here.',
    fix: 'Give the name or the ARN of the secret instead.',
    url: REFERENCES,
    bad: [beside('Outputs:', `  Out: { Value: ${RESOLVED} } # <-`)],
    good: [
      directory(RESOLVED),
      `Parameters:\n  Admin: { Type: String, NoEcho: true, Default: ${RESOLVED} }\n${directory('!Ref Admin')}`,
      value('!FindInMap [Secrets, test, admin]', 'Mappings:', `  Secrets: { test: { admin: ${RESOLVED} } }`),
    ],
    check: shownReferences('secretsmanager'),
  },
  {
    code: 'E1027',
    name: 'secure-string-reference',
    message:
      'CloudFormation resolves secure strings of Systems Manager in a few properties only, most of them passwords.',
    why: 'The stack is refused.',
    fix: 'Keep the secret in Secrets Manager, or give the name of the parameter.',
    url: guide('dynamic-references-ssm-secure-strings'),
    bad: [
      beside('Outputs:', "  Out: { Value: '{{resolve:ssm-secure:admin}}' } # <-"),
      resource('AWS::S3::Bucket', "BucketName: '{{resolve:ssm-secure:name}}' # <-"),
    ],
    good: [directory("'{{resolve:ssm-secure:admin}}'")],
    check: all(shownReferences('ssm-secure'), misplacedSecureStrings),
  },
];
