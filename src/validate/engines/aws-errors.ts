import { awsWords } from '../../cloud/error-words.ts';
import { type AwsFault, awsFailure } from '../../cloud/errors.ts';
import { type Diagnostic, error, type Path, type Span } from '../../diagnostics/diagnostic.ts';
import { has, isObject } from '../../document/intrinsics.ts';
import type { TemplateDocument } from '../../document/template-document.ts';
import { objectAt } from '../model/model.ts';

/** The codes of what has one of its own; the rest is PL3041. */
const CODES: Partial<Record<AwsFault, string>> = {
  'no-credentials': 'PL3043',
  expired: 'PL3044',
  'bad-credentials': 'PL3044',
  denied: 'PL3045',
};

/**
 * What AWS, the SDK or the network said, as a finding about a template.
 * @param at the region, or the URL of another endpoint
 */
export function engineFinding(thrown: unknown, document: TemplateDocument, at: string): Diagnostic {
  const failure = awsFailure(thrown);
  if (/^Validation(Error|Exception)$/.test(failure.name)) return rejected(failure.message, document);
  const service = 'CloudFormation';
  const words = awsWords(failure, { service, at, subject: service, needs: 'cloudformation:ValidateTemplate' });
  return error({
    code: CODES[failure.fault] ?? 'PL3041',
    message: `Could not ask CloudFormation: ${words.message}`,
    hint: words.hint,
    span: document.span([]),
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
