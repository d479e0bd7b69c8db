import { isObject } from '../../../document/intrinsics.ts';
import type { Advice } from '../../model/finding.ts';
import { schemaFor } from '../../schema/schema-for.ts';
import { resource } from '../base/examples.ts';
import { literal, properties, property } from '../base/look.ts';
import type { Rule } from '../base/rule.ts';
import { resourcePage } from '../base/urls.ts';

const FUNCTION = 'AWS::Lambda::Function';
/** What AWS SAM makes a function of has these properties by the same names. */
const ALSO_SAM = [FUNCTION, 'AWS::Serverless::Function', 'Globals::Function'];
const PAGE = resourcePage('aws-resource-lambda-function');
const RUNTIMES = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html';
const ROLE = 'Role: arn:aws:iam::111122223333:role/a';
const REFUSED = 'Lambda refuses the function, and the stack rolls back.';
const inline = (...lines: readonly string[]): string => resource(FUNCTION, ROLE, 'Code: { ZipFile: a = 1 }', ...lines);
const image = (...lines: readonly string[]): string =>
  resource(
    FUNCTION,
    ROLE,
    'PackageType: Image',
    "Code: { ImageUri: '111122223333.dkr.ecr.us-west-2.amazonaws.com/a:b' }",
    ...lines,
  );

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED: ReadonlySet<string> = new Set(
  (
    '_HANDLER _X_AMZN_TRACE_ID AWS_DEFAULT_REGION AWS_REGION AWS_EXECUTION_ENV AWS_LAMBDA_FUNCTION_NAME ' +
    'AWS_LAMBDA_FUNCTION_MEMORY_SIZE AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_INITIALIZATION_TYPE ' +
    'AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_ACCESS_KEY AWS_ACCESS_KEY_ID ' +
    'AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_LAMBDA_RUNTIME_API LAMBDA_TASK_ROOT LAMBDA_RUNTIME_DIR'
  ).split(' '),
);

/** Names and values together. */
const MAX_ENVIRONMENT = 4096;

/** A function with one variable, of four letters and so many characters. */
const withVariable = (size: number, mark = ''): string =>
  inline(
    'Runtime: python3.13',
    'Handler: index.handler',
    `Environment: { Variables: { LONG: ${'a'.repeat(size)} } }${mark}`,
  );

/** Runtimes with which Lambda creates no more functions, as of 2026-11-27. */
const BLOCKED: ReadonlySet<string> = new Set(
  (
    'dotnetcore1.0 dotnetcore2.0 dotnetcore2.1 dotnetcore3.1 go1.x java8 nodejs nodejs10.x nodejs12.x ' +
    'nodejs14.x nodejs4.3 nodejs4.3-edge nodejs6.10 nodejs8.10 provided python2.7 python3.6 python3.7 ' +
    'ruby2.5 ruby2.7'
  ).split(' '),
);

/** Runtimes that get no more security patches, as of 2026-11-27, and with which functions can still be created. */
const DEPRECATED: readonly string[] = [
  'dotnet6',
  'dotnet8',
  'dotnet9',
  'nodejs16.x',
  'nodejs18.x',
  'nodejs20.x',
  'provided.al2',
  'python3.10',
  'python3.8',
  'python3.9',
  'ruby3.2',
];

/** The next runtime of the same language that is supported, as a correction: the code has the least to change. */
function renewed(name: string, message: string) {
  const hint = (): string | Advice => {
    const to = successor(name);
    const text = 'Write a newer runtime, and try the code with it.';
    return to === undefined ? text : { text: `Write ${to}, and try the code with it.`, from: name, to };
  };
  return { message, hint };
}

function successor(name: string): string | undefined {
  const { properties: { Runtime: schema } = {} } = schemaFor(FUNCTION) ?? {};
  const all = typeof schema === 'object' ? (schema.enum ?? []).map(String) : [];
  const languageOf = (runtime: string): string => /^[a-z]*/.exec(runtime)![0];
  const order = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
  return all
    .filter((one) => languageOf(one) === languageOf(name) && !BLOCKED.has(one) && !DEPRECATED.includes(one))
    .sort(order)
    .find((one) => order(one, name) > 0);
}

/** Lambda functions. */
export const LAMBDA_RULES: readonly Rule[] = [
  {
    code: 'E3685',
    name: 'image-handler',
    message: 'A function from a container image cannot have Handler, Runtime or Layers.',
    why: REFUSED,
    fix: 'Delete it: the image has them.',
    url: PAGE,
    bad: [image('Handler: index.handler # <-'), image('Runtime: python3.13 # <-')],
    good: [image(), inline('Runtime: python3.13', 'Handler: index.handler')],
    instead: 'schema',
    check: properties(FUNCTION, ['PackageType', 'Handler', 'Runtime', 'Layers'], ({ PackageType, ...values }) => {
      const name =
        PackageType === 'Image'
          ? (['Handler', 'Runtime', 'Layers'] as const).find((one) => values[one] !== undefined)
          : undefined;
      return name && [name, `A function from a container image cannot have ${name}.`];
    }),
  },
  {
    code: 'E3677',
    name: 'inline-runtime',
    message: 'Only functions in JavaScript and Python can have their code in the template.',
    why: REFUSED,
    fix: 'Put the code into S3, with S3Bucket and S3Key.',
    url: PAGE,
    bad: [inline('Runtime: java21 # <-', 'Handler: a.B')],
    good: [inline('Runtime: nodejs22.x', 'Handler: index.handler')],
    instead: 'schema',
    check: properties(FUNCTION, ['Runtime', 'Code.ZipFile'], ({ Runtime, 'Code.ZipFile': code }) => {
      const runtime = literal(Runtime);
      return code === undefined || runtime === undefined || /^(?:nodejs|python)/.test(runtime)
        ? undefined
        : ['Runtime', `A function of ${runtime} cannot have its code in the template.`];
    }),
  },
  {
    code: 'E3678',
    name: 'zip-file-runtime',
    message: 'A function with its code in the template needs Runtime and Handler.',
    why: REFUSED,
    fix: 'Add both; the handler of code in the template is index.NAME.',
    url: PAGE,
    bad: [
      inline().replace('Properties:', 'Properties: # <-'),
      inline('Runtime: python3.13').replace('Properties:', 'Properties: # <-'),
    ],
    good: [inline('Runtime: python3.13', 'Handler: index.handler')],
    instead: 'schema',
    check: properties(FUNCTION, ['Code.ZipFile', 'Runtime', 'Handler', 'PackageType'], (values) => {
      if (values['Code.ZipFile'] === undefined || values.PackageType === 'Image') return undefined;
      const name = (['Runtime', 'Handler'] as const).find((one) => values[one] === undefined);
      return name && [name, `A function with its code in the template needs ${name}.`];
    }),
  },
  {
    code: 'PL3069',
    name: 'inline-handler',
    message: 'The handler of code in the template must be in index.',
    why: 'CloudFormation writes the code to a file of that name: any other is not found when the function runs.',
    fix: 'Write index.NAME.',
    url: PAGE,
    bad: [inline('Runtime: python3.13', 'Handler: main.handler # <-')],
    good: [inline('Runtime: python3.13', 'Handler: index.handler')],
    check: properties(
      FUNCTION,
      ['Handler', 'Runtime', 'Code.ZipFile'],
      ({ Handler, Runtime, 'Code.ZipFile': code }) => {
        const handler = literal(Handler);
        const isInline = code !== undefined && /^(?:nodejs|python)/.test(literal(Runtime) ?? '');
        return !isInline || handler === undefined || handler.startsWith('index.')
          ? undefined
          : ['Handler', `Handler must be index.NAME where the code is in the template, not ${handler}.`];
      },
    ),
  },
  {
    code: 'E3663',
    name: 'reserved-variable',
    message: 'An environment variable has a name that Lambda keeps for itself.',
    why: REFUSED,
    fix: 'Rename it.',
    url: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html',
    bad: [
      inline(
        'Runtime: python3.13',
        'Handler: index.handler',
        'Environment: { Variables: { AWS_REGION: us-west-2 } } # <-',
      ),
    ],
    good: [
      inline('Runtime: python3.13', 'Handler: index.handler', 'Environment: { Variables: { REGION: us-west-2 } }'),
    ],
    instead: 'schema',
    check: property(ALSO_SAM, 'Environment.Variables', (variables) => {
      const name = isObject(variables) ? Object.keys(variables).find((one) => RESERVED.has(one)) : undefined;
      return name !== undefined && `Lambda keeps the environment variable ${name} for itself.`;
    }),
  },
  {
    code: 'E3697',
    name: 'environment-size',
    message: 'The environment variables of a function have more than 4 KB together.',
    why: REFUSED,
    fix: 'Put long values into Systems Manager or S3, and let the function read them.',
    url: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
    bad: [withVariable(4093, ' # <-')],
    good: [withVariable(4092)],
    check: property(ALSO_SAM, 'Environment.Variables', (variables) => {
      const all = isObject(variables) ? Object.entries(variables) : [];
      const size = all.reduce((sum, [name, value]) => sum + Buffer.byteLength(name + (literal(value) ?? '')), 0);
      return size > MAX_ENVIRONMENT && `The environment variables have ${size} bytes, more than ${MAX_ENVIRONMENT}.`;
    }),
  },
  {
    code: 'E2531',
    name: 'retired-runtime',
    message: 'Lambda does not create functions of this runtime any more.',
    why: REFUSED,
    fix: 'Write a newer runtime, and try the code with it.',
    url: RUNTIMES,
    bad: [inline('Runtime: python3.7 # <-', 'Handler: index.handler')],
    good: [inline('Runtime: python3.13', 'Handler: index.handler')],
    check: property(ALSO_SAM, 'Runtime', (runtime) => {
      const name = literal(runtime);
      return (
        name !== undefined &&
        BLOCKED.has(name) &&
        renewed(name, `Lambda does not create functions of ${name} any more.`)
      );
    }),
  },
  {
    code: 'W2531',
    name: 'deprecated-runtime',
    message: 'The runtime of a function gets no more security patches.',
    why: 'Some months later Lambda creates and updates no functions of it.',
    fix: 'Write a newer runtime, and try the code with it.',
    url: RUNTIMES,
    bad: [inline('Runtime: python3.9 # <-', 'Handler: index.handler')],
    good: [inline('Runtime: python3.13', 'Handler: index.handler')],
    check: property(ALSO_SAM, 'Runtime', (runtime) => {
      const name = literal(runtime);
      return name !== undefined && DEPRECATED.includes(name) && renewed(name, `${name} gets no more security patches.`);
    }),
  },
];
