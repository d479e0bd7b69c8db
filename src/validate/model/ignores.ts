import type { Path } from '../../diagnostics/diagnostic.ts';
import { isList } from '../../document/intrinsics.ts';
import { type Model, objectAt } from './model.ts';

/**
 * Whether the template says to ignore a finding, as cfn-lint has it: `Metadata: {cfn-lint: {config: {ignore_checks:
 * [E3012]}}}` of the template or of one resource. A beginning ignores every code that starts so: `W` all warnings.
 */
export function ignoredBy(model: Model): (finding: { readonly code: string; readonly path: Path }) => boolean {
  const everywhere = ignoredIn(model.root['Metadata']);
  const perResource = new Map(
    Object.keys(model.resources).map((name) => [name, ignoredIn(objectAt(model.resources, name)['Metadata'])]),
  );
  return ({ code, path }) => {
    const here = path[0] === 'Resources' ? perResource.get(String(path[1])) : undefined;
    return [...code].some((_, index) => {
      const beginning = code.slice(0, index + 1);
      return everywhere.has(beginning) || here?.has(beginning);
    });
  };
}

function ignoredIn(metadata: Parameters<typeof objectAt>[0]): ReadonlySet<unknown> {
  const { ignore_checks: checks } = objectAt(objectAt(metadata, 'cfn-lint'), 'config');
  return new Set(isList(checks) ? checks : []);
}
