import type { Path } from '../../../diagnostics/diagnostic.ts';
import { functionOf, isObject } from '../../../document/intrinsics.ts';
import { memo } from '../../model/memo.ts';
import type { Model } from '../../model/model.ts';
import { ofType } from '../../model/of-type.ts';
import { subParts } from '../../model/references.ts';
import { resource, several, value } from '../base/examples.ts';
import { across, literal, property } from '../base/look.ts';
import type { Hit, Rule } from '../base/rule.ts';
import { textWithVariables } from '../base/texts.ts';
import { resourcePage } from '../base/urls.ts';
import { isSecretName } from './plain-secrets.ts';

const STACK = 'AWS::CloudFormation::Stack';
const NESTED = resourcePage('aws-resource-cloudformation-stack');
const LINKS =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stacks-quick-create-links.html';
const nested = (url: string): readonly [string, ...string[]] => [STACK, `TemplateURL: ${url}`];
const PATH_ALONE = 'This is a path: only the command aws cloudformation package makes an address of it.';
const S3 = 'https://releases.s3.us-west-2.amazonaws.com/podlaunch';
const CONSOLE = 'https://us-west-2.console.aws.amazon.com/cloudformation/home?region=us-west-2#/stacks';
const URL_OF = 'templateURL=https%3A%2F%2Freleases.s3.us-west-2.amazonaws.com%2Fa.yaml';
const link = (query: string, page = 'quickcreate'): string => value(`'${CONSOLE}/${page}?${query}' # <-`);

/** A place that a template refers to another template at. */
interface Reference {
  readonly url: string;
  readonly path: Path;
}

/** Whether a template can be fetched from there; what starts with a function is not judged. */
function urlFault(url: string): string | undefined {
  if (/^\$\{|\{\{resolve:/.test(url)) return undefined;
  if (!url.startsWith('https://')) return 'must start with https://';
  const host = url.slice(8).split('/', 1)[0]!;
  return /(?:^|[.-])s3[.-]|\.amazonaws\.com|\$\{/.test(host) ? undefined : 'must be in S3';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, '%25'));
  } catch {
    return text;
  }
}

/** The links to the console's form in a text: where the form is, and what comes after it. */
function linksIn(text: string): readonly { readonly page: string; readonly query: string }[] {
  return [
    ...text.matchAll(
      /console\.(?:aws\.amazon|amazonaws-us-gov|amazonaws)\.com(?:\.cn)?\/cloudformation\/[^\s"'<>]*?#\/?([a-z/]*)\??([^\s"'<>)]*)/g,
    ),
  ].map(([, page = '', query = '']) => ({ page, query }));
}

const FORMS = ['stacks/quickcreate', 'stacks/create/review', 'stacks/new', 'stacks/create/template', 'stacks/create'];

function* linkFaults(text: string): Generator<string> {
  for (const { page, query } of linksIn(text)) {
    const isForm = /templateurl=|quickcreate/i.test(page + query);
    if (!isForm) continue;
    if (!FORMS.includes(page)) yield `The page of the console is stacks/quickcreate, not ${page}.`;
    const pairs = query
      .split('&')
      .filter((one) => one !== '')
      .map((one) => [one.split('=', 1)[0]!, one.slice(one.indexOf('=') + 1)] as const);
    const names = pairs.map(([name]) => name);
    const again = names.find((name, index) => names.indexOf(name) !== index);
    if (again !== undefined) yield `The link has ${again} twice.`;
    for (const [name, given] of pairs) {
      if (name.includes('${')) continue;
      if (!['templateURL', 'stackName', 'filter'].includes(name) && !name.startsWith('param_'))
        yield `The link has ${name}, which the form does not know: it is templateURL, stackName or param_NAME.`;
      if (name === 'templateURL') {
        const fault = urlFault(decoded(given));
        if (fault !== undefined) yield `The templateURL of the link ${fault}.`;
      }
      if (name === 'stackName' && !/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(decoded(given).replace(/\$\{[^}]*\}/g, 'a')))
        yield `The stackName of the link must start with a letter, and have letters, digits and hyphens only.`;
      if (name.startsWith('param_') && given !== '' && isSecretName(name.slice(6)))
        yield `The link has the secret ${name.slice(6)}: everyone who has the link knows it.`;
    }
    if (!names.includes('templateURL') && !names.some((name) => name.includes('${')))
      yield 'The link has no templateURL.';
  }
}

/** The texts of a template that may have a link in them, with their places, those of Fn::Sub too. Most have none. */
const texts = memo((model: Model): readonly Reference[] => {
  const found: Reference[] = [];
  const add = (url: string | undefined, path: Path): void => {
    if (url?.includes('/cloudformation/')) found.push({ url, path });
  };
  for (const { text, path } of model.texts) add(text, path);
  for (const { argument, path } of model.callsOf('Fn::Sub')) add(subParts(argument).text, path);
  return found;
});

/** The version that an address has: 1.2.3, v1.2.3 or latest. */
function releaseOf(url: string): string | undefined {
  return /\/(v?\d+\.\d+\.\d+(?:-[\w.]+)?|latest)\//.exec(decoded(url))?.[1];
}

/** The addresses of other templates: of nested stacks, and of links to the form. */
function* templateUrls(model: Model): Generator<Reference> {
  for (const { properties, path } of ofType(model, STACK)) {
    const url = textWithVariables(properties['TemplateURL']);
    if (url !== undefined) yield { url, path: [...path, 'TemplateURL'] };
  }
  for (const { url, path } of texts(model))
    for (const { query } of linksIn(url)) {
      const [, template] = /templateURL=([^&]*)/.exec(query) ?? [];
      if (template !== undefined) yield { url: template, path };
    }
}

/** Nested stacks, and links to the form that makes one. */
export const STACK_RULES: readonly Rule[] = [
  {
    code: 'PL3149',
    name: 'template-url',
    message: 'CloudFormation cannot fetch the template of a nested stack from there.',
    why: 'The stack is refused.',
    fix: 'Write the https address of the template in S3.',
    url: NESTED,
    bad: [
      resource(STACK, 'TemplateURL: http://releases.s3.amazonaws.com/a.yaml # <-'),
      resource(STACK, 'TemplateURL: s3://releases/a.yaml # <-'),
    ],
    good: [resource(STACK, `TemplateURL: ${S3}/a.yaml`)],
    check: property(STACK, 'TemplateURL', (given) => {
      const url = textWithVariables(given);
      if (url === undefined) return false;
      if (/^[\w./-]+\.(?:ya?ml|json|template)$/.test(url)) return { severity: 'warning', message: PATH_ALONE };
      if (!/^\w+:\/\//.test(url)) return false;
      return !url.startsWith('https://') && 'TemplateURL must start with https://.';
    }),
  },
  {
    code: 'PL3150',
    name: 'one-release',
    message: 'Templates of two releases are used together.',
    why: 'What one stack gives, the other may not take; and what is called latest changes under those who launch.',
    fix: 'Take all templates from the same release.',
    url: NESTED,
    bad: [several({ One: nested(`${S3}/1.0.0/a.yaml`), Other: nested(`${S3}/latest/b.yaml # <-`) })],
    good: [several({ One: nested(`${S3}/1.0.0/a.yaml`), Other: nested(`${S3}/1.0.0/b.yaml`) })],
    check: across(function* (model): Generator<Hit> {
      const all = [...templateUrls(model)].flatMap((one) => {
        const release = releaseOf(one.url);
        return release === undefined ? [] : [{ ...one, release }];
      });
      const fixed = all.find(({ release }) => release !== 'latest') ?? all[0];
      for (const { release, path } of all)
        if (release !== fixed?.release)
          yield { path, message: `This is of release ${release}, but another template is of ${fixed?.release}.` };
    }),
  },
  {
    code: 'PL3151',
    name: 'stack-parameter',
    message: 'A parameter of a nested stack must be text.',
    why: 'The stack is refused.',
    fix: 'Join lists with !Join, and give each value alone.',
    url: NESTED,
    bad: [resource(STACK, `TemplateURL: ${S3}/a.yaml`, 'Parameters: { Name: { a: b } } # <-')],
    good: [resource(STACK, `TemplateURL: ${S3}/a.yaml`, 'Parameters: { Name: a }')],
    *check(model) {
      const named = property(
        STACK,
        'Parameters',
        (given) =>
          isObject(given) &&
          !functionOf(given) &&
          Object.values(given).some(
            (one) =>
              isObject(one) &&
              !functionOf(one) &&
              Object.keys(one).length > 0 &&
              !Object.keys(one)[0]!.startsWith('Fn::'),
          ),
      );
      yield* named(model);
      yield* property(STACK, 'NotificationARNs.*', (arn) => {
        const text = literal(arn);
        return (
          text !== undefined && !text.startsWith('arn:') && `NotificationARNs must have ARNs of topics, not ${text}.`
        );
      })(model);
    },
  },
  {
    code: 'PL3152',
    name: 'quick-create-link',
    message: 'A link to the form that creates a stack is broken.',
    why: 'Anyone who follows it sees an error, or an empty form.',
    fix: `Write …/cloudformation/home?region=REGION#/stacks/quickcreate?templateURL=URL&stackName=NAME&param_PARAMETER=VALUE.`,
    url: LINKS,
    bad: [
      link('stackName=a'),
      link(`${URL_OF}&stackName=my_stack`),
      link(`${URL_OF}&ClusterName=a`),
      link(URL_OF.replace('https', 'http')),
      link(`${URL_OF}&stackName=a&stackName=b`),
      link(URL_OF, 'quick-create'),
      link(`${URL_OF}&param_AdminPassword=abc`),
    ],
    good: [
      value(`'${CONSOLE}/quickcreate?${URL_OF}&stackName=a&param_Name=b'`),
      value(`'${CONSOLE}/create/review?${URL_OF}'`),
      value(`'${CONSOLE}'`),
    ],
    check: across(function* (model): Generator<Hit> {
      for (const { url, path } of texts(model)) {
        if (!url.includes('/cloudformation/')) continue;
        for (const message of linkFaults(url)) yield { path, message };
      }
    }),
  },
];
