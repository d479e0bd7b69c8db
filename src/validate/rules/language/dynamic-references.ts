import type { Path } from '../../../diagnostics/diagnostic.ts';
import { resource, value } from '../base/examples.ts';
import { across } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';
import { guide } from '../base/urls.ts';

const SERVICES: Readonly<Record<string, (rest: string) => string | undefined>> = {
  ssm: parameter,
  'ssm-secure': parameter,
  secretsmanager: secret,
};

function parameter(rest: string): string | undefined {
  if (/^[\w./-]+(?::\d+)?$/.test(rest) || rest.startsWith('arn:')) return undefined;
  return 'A reference to a parameter of Systems Manager must be {{resolve:ssm:NAME}} or {{resolve:ssm:NAME:VERSION}}.';
}

function secret(rest: string): string | undefined {
  // An ARN has six colons of its own.
  const [text = '', , stage = '', version = '', ...more] = rest.split(':').slice(rest.startsWith('arn:') ? 7 : 1);
  if (rest === '' || more.length > 0)
    return 'A reference to a secret must be {{resolve:secretsmanager:SECRET:SecretString:KEY}}.';
  if (text !== '' && text !== 'SecretString')
    return `A reference to a secret must have SecretString after its name, not ${text}.`;
  return stage !== '' && version !== ''
    ? 'A reference to a secret cannot have both a version stage and a version id.'
    : undefined;
}

/** What is wrong with the dynamic references in a text. */
function faultIn(text: string): string | undefined {
  for (const part of text.split('{{resolve:').slice(1)) {
    const end = part.indexOf('}}');
    if (end < 0) return 'A dynamic reference must end with }}.';
    const inner = part.slice(0, end);
    // What another function puts in is not known.
    if (inner.includes('${') || inner.includes('{{')) continue;
    const [service = '', ...rest] = inner.split(':');
    const check = SERVICES[service.trim()];
    const fault = check
      ? check(rest.join(':').trim())
      : `CloudFormation cannot resolve ${service}: only ${Object.keys(SERVICES).join(', ')}.`;
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** What is meant as a dynamic reference, with a space in front of its first word or behind it. */
const SPACED = /\{\{(?:\s+resolve\s*|resolve\s+):\s*(?:ssm|ssm-secure|secretsmanager)\s*:/;

/** Where a text is for people or tools: the property Description is for a service. */
function isApart(path: Path): boolean {
  return path[0] === 'Metadata' || (path.at(-1) === 'Description' && path[2] !== 'Properties');
}

/** Dynamic references. */
export const DYNAMIC_REFERENCE_RULES: readonly Rule[] = [
  {
    code: 'E1050',
    name: 'dynamic-reference',
    message: 'A dynamic reference is not written as CloudFormation reads it.',
    why: 'CloudFormation refuses the template, or the stack fails where the reference is resolved.',
    fix: 'Write {{resolve:ssm:NAME:VERSION}} or {{resolve:secretsmanager:SECRET:SecretString:KEY}}.',
    url: guide('dynamic-references'),
    bad: [
      value("'{{resolve:secretsmanger:admin:SecretString:password}}' # <-"),
      value("'{{resolve:secretsmanager:admin:SecretStrin:password}}' # <-"),
      value("'{{resolve:secretsmanager:admin:SecretString:password:AWSCURRENT:0123}}' # <-"),
      value("'{{resolve:ssm:}}' # <-"),
      value("'{{resolve:ssm:/a:b}}' # <-"),
      value("'{{resolve:ssm:/a' # <-"),
      resource('AWS::SSM::Parameter', 'Type: String', 'Value: a', "Description: '{{resolve:secretmanager:a}}' # <-"),
    ],
    good: [
      value("'{{resolve:ssm:/a/b}}'"),
      value("'{{resolve:ssm:/a/b:3}}'"),
      value("'{{resolve:secretsmanager:admin}}'"),
      value(
        "'{{resolve:secretsmanager:arn:aws:secretsmanager:us-west-2:111122223333:secret:admin-AbCdEf:SecretString:password}}'",
      ),
      value("!Join ['', ['{{resolve:ssm:/', !Ref AWS::Region, '}}']]"),
      value("!Sub '{{resolve:ssm:/${AWS::Region}}}'"),
    ],
    check: across(function* ({ texts }) {
      for (const { text, path } of texts) {
        if (!text.includes('{{resolve:') || isApart(path) || path.includes('Fn::Join')) continue;
        const message = faultIn(text);
        if (message !== undefined) yield { message, path };
      }
    }),
  },
  {
    code: 'W1053',
    name: 'dynamic-reference-space',
    message: 'A dynamic reference with a space before or after resolve is not resolved.',
    why: 'CloudFormation takes it for text, and hands it on with its braces.',
    fix: 'Delete the space.',
    url: guide('dynamic-references'),
    bad: [value("'{{ resolve:ssm:/a/b }}' # <-"), value("'{{resolve :secretsmanager:admin}}' # <-")],
    good: [value("'{{resolve:ssm:/a/b}}'"), value("'{{ resolve }}'")],
    check: across(function* ({ texts }) {
      for (const { text, path } of texts) if (SPACED.test(text) && !isApart(path)) yield { path };
    }),
  },
];
