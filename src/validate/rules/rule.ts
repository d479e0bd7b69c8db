import type { Path, Severity } from '../../diagnostics/diagnostic.ts';
import { ifParts, isNoValue, isObject, type JsonObject } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import type { Hint } from '../model/finding.ts';
import { type Model, objectAt } from '../model/model.ts';

/** What a code means: what the docs page, `podlaunch explain`, `podlaunch rules` and SARIF say of it. */
export interface Meaning {
  /** cfn-lint's id where the check is the same, else podlaunch's own. */
  readonly code: string;
  /** In small letters and hyphens; no two are alike. */
  readonly name: string;
  /** Default: what the code's letter says; error for podlaunch's own. */
  readonly severity?: Severity;
  /** What is wrong, as one sentence. A check may give a better one for what it found. */
  readonly message: string;
  /** What happens when nobody corrects it. */
  readonly why: string;
  /** What to do. A check may give a better hint for what it found. */
  readonly fix: string;
  /** Where the rule comes from. */
  readonly url: string;
}

/** A rule of the validator. Its examples are run by a test, and shown in docs/rules.md. */
export interface Rule extends Meaning {
  /** Templates in which the rule finds something, at each line that ends with `# <-` and at no other. */
  readonly bad: readonly [string, ...string[]];
  /** Templates in which it finds nothing. */
  readonly good: readonly [string, ...string[]];
  /** Looks for what is wrong. Without it one of the layers does: they find several things on one walk. */
  readonly check?: (template: Model) => Iterable<Hit>;
}

/** What a check found. What it leaves out is its rule's. */
export interface Hit {
  readonly path: Path;
  readonly part?: 'key';
  readonly message?: string;
  readonly hint?: Hint;
}

/** Looks at each resource of a type. */
export function resources(
  type: string,
  check: (properties: JsonObject, path: Path, template: Model) => Iterable<Hit>,
): NonNullable<Rule['check']> {
  return function* (template) {
    if (template.hasMacros) return;
    for (const [id, resource] of Object.entries(template.resources))
      if (isObject(resource) && resource['Type'] === type)
        yield* check(objectAt(resource, 'Properties'), ['Resources', id, 'Properties'], template);
  };
}

/** Looks at one property of each resource of a type, in both branches of Fn::If. */
export function property(
  type: string,
  name: string,
  isBad: (value: Json, beside: JsonObject) => boolean,
): NonNullable<Rule['check']> {
  return resources(type, function* (properties, path) {
    const value = properties[name];
    if (value === undefined) return;
    for (const [branch, at] of branches(value, [...path, name])) if (isBad(branch, properties)) yield { path: at };
  });
}

/** A value, or what the branches of its Fn::If are, each with its place. What is removed is left out. */
export function* branches(value: Json, path: Path): Generator<readonly [value: Json, path: Path]> {
  const [, then, otherwise] = ifParts(value) ?? [];
  if (then === undefined || otherwise === undefined) {
    if (!isNoValue(value)) yield [value, path];
    return;
  }
  yield* branches(then, [...path, 'Fn::If', 1]);
  yield* branches(otherwise, [...path, 'Fn::If', 2]);
}
