import type { Path } from '../../diagnostics/diagnostic.ts';
import {
  CONDITION_FUNCTIONS,
  isList,
  isValueFunction,
  RULE_FUNCTIONS,
  VALUE_FUNCTIONS,
} from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import type { Finding } from '../model/finding.ts';
import type { Model } from '../model/model.ts';
import { didYouMean } from '../model/shape.ts';

const FUNCTIONS: readonly string[] = [...VALUE_FUNCTIONS, ...CONDITION_FUNCTIONS, ...RULE_FUNCTIONS];

/** Keys `Fn::Name` where CloudFormation has no such function: it refuses the template. In conditions the layer of these says so. */
export function* misspeltFunctions({ resources, outputs, hasMacros }: Model): Generator<Finding> {
  if (hasMacros) return;
  yield* visit(resources, ['Resources']);
  yield* visit(outputs, ['Outputs']);
}

function* visit(value: Json, path: Path): Generator<Finding> {
  if (typeof value !== 'object' || value === null) return;
  const items: Iterable<[string | number, Json]> = isList(value) ? value.entries() : Object.entries(value);
  for (const [key, item] of items) {
    const at = [...path, key];
    if (isMisspelt(key)) {
      const hint = didYouMean(String(key), FUNCTIONS, 'Look it up among the intrinsic functions.');
      yield { code: 'PL3012', message: `CloudFormation has no function ${key}.`, path: at, part: 'key', hint };
    }
    yield* visit(item, at);
  }
}

function isMisspelt(key: string | number): boolean {
  return typeof key === 'string' && key.startsWith('Fn::') && !isValueFunction(key) && !FUNCTIONS.includes(key);
}
