import { type Diagnostic, error, type Path, type Span } from '../../diagnostics/diagnostic.ts';
import { has, isObject } from '../../document/intrinsics.ts';
import type { TemplateDocument } from '../../document/template-document.ts';
import { objectAt } from '../model/model.ts';

const NO_CREDENTIALS = /^(?:CredentialsProviderError|TokenProviderError|MissingAuthenticationToken)/;
const BAD_CREDENTIALS =
  /^(?:ExpiredToken|RequestExpired|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|AuthFailure|IncompleteSignature)/;
const FORBIDDEN = /^(?:AccessDenied|UnauthorizedOperation)/;

/** What AWS, the SDK or the network said, as a finding about a template. */
export function explain(thrown: unknown, document: TemplateDocument): Diagnostic {
  const { name, message, code } = thrown as Error & { code?: string };
  const span = document.span([]);
  const said = message.split('\n', 1)[0]!;
  if (NO_CREDENTIALS.test(name) && !/expired/i.test(said))
    return error({
      code: 'PL3043',
      message: 'The engine aws found no AWS credentials.',
      span,
      hint: 'Sign in with aws sso login or aws configure, or set AWS_PROFILE.',
    });
  if (NO_CREDENTIALS.test(name) || BAD_CREDENTIALS.test(name))
    return error({
      code: 'PL3044',
      message: `AWS does not accept the credentials: ${said}`,
      span,
      hint: 'They have expired or are wrong: sign in again, then try aws sts get-caller-identity.',
    });
  if (FORBIDDEN.test(name))
    return error({
      code: 'PL3045',
      message: `AWS denies the request: ${said}`,
      span,
      hint: 'Have cloudformation:ValidateTemplate allowed.',
    });
  if (name === 'ValidationError' || name === 'ValidationException') return rejected(said, document);
  return error({
    code: 'PL3041',
    message: `CloudFormation could not be asked: ${code ?? name}: ${said}`,
    span,
    hint: 'Check the region, the network and --endpoint-url.',
  });
}

/** The place that a rejection names: a line, a path, or names in brackets. */
function rejected(said: string, document: TemplateDocument): Diagnostic {
  const line = /line (\d+)(?:, column (\d+))?/.exec(said);
  const path = pathIn(said) ?? namedIn(said, document) ?? sectionIn(said, document) ?? [];
  const span: Span = line
    ? { file: document.file, line: Number(line[1]), column: Number(line[2] ?? 1), length: 1 }
    : document.span(path, 'key');
  const source = document.source?.(path);
  return error({
    code: 'PL3046',
    message: `CloudFormation: ${said}`,
    path,
    span,
    ...(source && { source }),
    hint: 'CloudFormation would refuse to make a stack of it.',
  });
}

/** `[/Resources/Vpc/Type]` */
function pathIn(said: string): Path | undefined {
  return /\[\/([^\]]+)\]/
    .exec(said)?.[1]
    ?.split('/')
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

/** `Circular dependency between resources: [A, B]`: the first name that the template has. */
function namedIn(said: string, { value }: TemplateDocument): Path | undefined {
  const names = [...said.matchAll(/\[([^\]]+)\]/g)].flatMap(([, list]) => list!.split(/[\s,]+/));
  for (const name of names) {
    const section = ['Resources', 'Parameters', 'Outputs', 'Conditions'].find((one) => has(objectAt(value, one), name));
    if (section) return [section, name];
  }
  return undefined;
}

/** `Unresolved resource dependencies [Vpcc] in the Resources block` */
function sectionIn(said: string, { value }: TemplateDocument): Path | undefined {
  const section = /in the (\w+) block/.exec(said)?.[1];
  return section !== undefined && isObject(value) && has(value, section) ? [section] : undefined;
}
