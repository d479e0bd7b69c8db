import type { Path } from '../diagnostics/diagnostic.ts';
import { functionOf, isList, isObject } from '../document/intrinsics.ts';
import type { Json } from '../document/template-document.ts';
import { schemaFor } from '../validate/schema/schema-for.ts';
import { worst } from './chances.ts';
import { isSame } from './compare-values.ts';
import type { Chance, ValueChange } from './template-diff.ts';

/**
 * Whether a resource is replaced when a value in its properties changes, by the registry's createOnlyProperties (yes)
 * and conditionalCreateOnlyProperties (maybe). The handler of a custom resource is asked to update it; of other types
 * that the registry does not know, nothing is known.
 */
export function replacesFor(type: string, change: ValueChange): Chance {
  if (isCustom(type)) return 'no';
  const schema = schemaFor(type);
  if (schema === undefined) return 'maybe';
  const always = worst((schema.createOnlyProperties ?? []).map((pointer) => reach(pointer, change)));
  if (always !== 'no') return always;
  const sometimes = worst((schema.conditionalCreateOnlyProperties ?? []).map((pointer) => reach(pointer, change)));
  return sometimes === 'no' ? 'no' : 'maybe';
}

/** Whether a function of the template's makes the resource. */
export function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

/** Whether what a pointer names is changed. A path into a function reaches what the function stands for. */
function reach(pointer: string, { path, before, after }: ValueChange): Chance {
  const names = pointer.split('/').slice(2);
  const steps = withoutBranches(path);
  for (const [index, step] of steps.entries()) {
    if (index >= names.length) return 'yes';
    // Within a function: what it gives may differ in every property below.
    if (typeof step === 'string' && isFunctionKey(step)) return 'maybe';
    if (names[index] !== '*' && names[index] !== String(step)) return 'no';
  }
  return below(names.slice(steps.length), before, after);
}

/** The change is at, or above, what the pointer names: compare what it names in both. */
function below(names: readonly string[], before: Json | undefined, after: Json | undefined): Chance {
  if (isSame(before, after)) return 'no';
  const [name, ...rest] = names;
  if (name === undefined) return 'yes';
  if (functionOf(before) || functionOf(after)) return 'maybe';
  if (name === '*') {
    const [a, b] = [before, after].map((value) =>
      isList(value) ? value : isObject(value) ? Object.values(value) : [],
    );
    const length = Math.max(a!.length, b!.length);
    return worst(Array.from({ length }, (_, index) => below(rest, a![index], b![index])));
  }
  return below(rest, isObject(before) ? before[name] : undefined, isObject(after) ? after[name] : undefined);
}

/** A path as the properties see it: into a branch of Fn::If is no step. */
function withoutBranches(path: Path): Path {
  const isBranch = (index: number) => path[index] === 'Fn::If' && (path[index + 1] === 1 || path[index + 1] === 2);
  return path.filter((_, index) => !isBranch(index) && !(index > 0 && isBranch(index - 1)));
}

function isFunctionKey(step: string): boolean {
  return step === 'Ref' || step.startsWith('Fn::');
}
