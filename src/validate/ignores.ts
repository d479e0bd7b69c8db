import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isList } from './functions.ts';
import { objectAt, type Template } from './template.ts';

/**
 * Takes out what the template says to ignore, as cfn-lint has it: `Metadata: {cfn-lint: {config: {ignore_checks:
 * [E3012]}}}` of the template or of one resource. A beginning ignores every code that starts so: `W` all warnings.
 */
export function withoutIgnored(template: Template, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const everywhere = ignoredIn(template.root['Metadata']);
  const perResource = new Map(
    Object.keys(template.resources).map((name) => [name, ignoredIn(objectAt(template.resources, name)['Metadata'])]),
  );
  return diagnostics.filter(({ code, path }) => {
    const here = path[0] === 'Resources' ? (perResource.get(String(path[1])) ?? []) : [];
    return ![...everywhere, ...here].some((ignored) => code.startsWith(ignored));
  });
}

function ignoredIn(metadata: Parameters<typeof objectAt>[0]): readonly string[] {
  const { ignore_checks: checks } = objectAt(objectAt(metadata, 'cfn-lint'), 'config');
  return isList(checks)
    ? (checks.filter((check) => typeof check === 'string' && check !== '') as readonly string[])
    : [];
}
