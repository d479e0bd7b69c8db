import { resource } from '../base/examples.ts';
import { literal, properties, property } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';
import { resourcePage } from '../base/urls.ts';

const SECRET = 'AWS::SecretsManager::Secret';
const PAGE = resourcePage('aws-properties-secretsmanager-secret-generatesecretstring');
const generated = (...lines: readonly string[]): string =>
  resource(SECRET, 'GenerateSecretString:', ...lines.map((line) => `  ${line}`));
const TEMPLATE = 'GenerateSecretString.SecretStringTemplate';
const KEY = 'GenerateSecretString.GenerateStringKey';

/** Secrets of Secrets Manager. */
export const SECRET_RESOURCE_RULES: readonly Rule[] = [
  {
    code: 'PL3070',
    name: 'secret-twice',
    message: 'A secret cannot have both SecretString and GenerateSecretString.',
    why: 'Secrets Manager refuses the secret.',
    fix: 'Keep GenerateSecretString, which no template shows.',
    url: PAGE,
    bad: [resource(SECRET, "SecretString: '{{resolve:ssm:/a}}' # <-", 'GenerateSecretString: { PasswordLength: 20 }')],
    good: [generated('PasswordLength: 20')],
    check: properties(SECRET, ['SecretString', 'GenerateSecretString'], ({ SecretString, GenerateSecretString }) =>
      SecretString !== undefined && GenerateSecretString !== undefined ? 'SecretString' : undefined,
    ),
  },
  {
    code: 'PL3071',
    name: 'secret-template',
    message: 'SecretStringTemplate and GenerateStringKey need each other.',
    why: 'Secrets Manager puts the generated text under the key into the template: without one of them it refuses the secret.',
    fix: 'Add the other.',
    url: PAGE,
    bad: [generated(`SecretStringTemplate: '{"user": "a"}' # <-`), generated('GenerateStringKey: password # <-')],
    good: [generated(`SecretStringTemplate: '{"user": "a"}'`, 'GenerateStringKey: password')],
    check: properties(SECRET, [TEMPLATE, KEY], ({ [TEMPLATE]: template, [KEY]: key }) => {
      if (template !== undefined && key === undefined)
        return [
          TEMPLATE,
          { message: 'SecretStringTemplate needs GenerateStringKey beside it.', hint: 'Add GenerateStringKey.' },
        ];
      return template === undefined && key !== undefined
        ? [
            KEY,
            { message: 'GenerateStringKey needs SecretStringTemplate beside it.', hint: 'Add SecretStringTemplate.' },
          ]
        : undefined;
    }),
  },
  {
    code: 'PL3072',
    name: 'secret-template-json',
    message: 'SecretStringTemplate must be a JSON object.',
    why: 'Secrets Manager refuses the secret.',
    fix: 'Write JSON in single quotes, for example {"username": "admin"}.',
    url: PAGE,
    bad: [generated("SecretStringTemplate: '{user: a}' # <-", 'GenerateStringKey: password')],
    good: [generated(`SecretStringTemplate: '{"user": "a"}'`, 'GenerateStringKey: password')],
    check: property(SECRET, TEMPLATE, (template) => {
      const text = literal(template);
      return text !== undefined && !isJsonObject(text);
    }),
  },
];

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
