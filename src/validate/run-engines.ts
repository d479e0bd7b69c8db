import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TemplateDocument } from '../document/template-document.ts';
import type { Engine, EngineOptions } from './engines/engine.ts';
import { type Accept, findIn, inOrder } from './validate.ts';

/** What can check templates: podlaunch's own rules, cfn-lint, and CloudFormation's ValidateTemplate. */
export const ENGINES = ['builtin', 'cfn-lint', 'aws'] as const;
export type { EngineOptions } from './engines/engine.ts';
export type EngineName = (typeof ENGINES)[number];

const LOAD: Readonly<Record<Exclude<EngineName, 'builtin'>, () => Promise<Engine>>> = {
  'cfn-lint': async () => (await import('./engines/cfn-lint.ts')).cfnLint,
  aws: async () => (await import('./engines/aws.ts')).aws,
};

/**
 * Checks templates with the engines that are named. A text that could not be read is reported once and given to none.
 * @param accept whether a finding is not reported. Default: none is accepted
 * @returns the findings template by template, each in the order of the text
 */
export async function runEngines(
  documents: readonly TemplateDocument[],
  engines: readonly EngineName[],
  options: EngineOptions = {},
  accept?: Accept,
): Promise<readonly Diagnostic[]> {
  const readable = documents.filter(({ value }) => value !== undefined);
  const findings = documents.filter((document) => !readable.includes(document)).flatMap(({ syntax }) => syntax);
  for (const name of new Set(engines)) {
    if (name === 'builtin') findings.push(...readable.flatMap((document) => findIn(document, accept)));
    else {
      const found = await (await LOAD[name]())(readable, options);
      findings.push(...found.filter((one) => !one.span || !accept?.(one.span.file, one)));
    }
  }
  return byDocument(documents, findings);
}

/** The findings of no template, then those of each, in the order of its text. */
function byDocument(documents: readonly TemplateDocument[], findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const nowhere: Diagnostic[] = [];
  const of = new Map(documents.map(({ file }): [string, Diagnostic[]] => [file, []]));
  for (const finding of findings) (of.get(finding.span?.file ?? '') ?? nowhere).push(finding);
  return [...nowhere, ...[...of.values()].flatMap(inOrder)];
}
