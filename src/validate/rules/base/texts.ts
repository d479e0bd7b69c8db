import type { Path } from '../../../diagnostics/diagnostic.ts';
import { functionOf, isList, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { wrongKind } from '../../model/shape.ts';
import { branches, literal } from './look.ts';
import type { Hit } from './rule.ts';

/** The plain texts that a value is, or that its list has, each with its place. */
export function plainTexts(value: Json | undefined, path: Path): readonly (readonly [text: string, path: Path])[] {
  if (value === undefined) return [];
  const texts: (readonly [text: string, path: Path])[] = [];
  const add = (item: Json | undefined, at: Path): void => {
    for (const inner of branches(item, at)) {
      const text = literal(inner.value);
      if (text !== undefined) texts.push([text, inner.path]);
    }
  };
  for (const one of branches(value, path))
    if (isList(one.value)) for (const [index, item] of one.value.entries()) add(item, [...one.path, index]);
    else add(one.value, one.path);
  return texts;
}

/** What is neither text nor computed, where a text or a list of texts must be. */
export function* notTexts(value: Json | undefined, path: Path): Generator<Hit> {
  for (const one of branches(value, path))
    if (isList(one.value)) for (const [index, item] of one.value.entries()) yield* notText(item, [...one.path, index]);
    else yield* notText(one.value, one.path);
}

/** The same where one text must be. */
export function* notText(value: Json | undefined, path: Path): Generator<Hit> {
  for (const one of branches(value, path))
    if (isList(one.value) || (isObject(one.value) && !functionOf(one.value)))
      yield wrongKind(one.value, one.path, 'text');
}
