import type { Path } from '../../../diagnostics/diagnostic.ts';
import { functionOf, has, isList, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { subParts } from '../../model/references.ts';
import { wrongKind } from '../../model/shape.ts';
import { branches, literal } from './look.ts';
import type { Hit } from './rule.ts';

/** What a value is, or what its list has, each with its place. */
export function itemsOf(value: Json | undefined, path: Path): readonly (readonly [item: Json, path: Path])[] {
  const add = (item: Json | undefined, at: Path): readonly (readonly [Json, Path])[] =>
    branches(item, at).flatMap((one) => (one.value === undefined ? [] : [[one.value, one.path]]));
  return branches(value, path).flatMap((one) =>
    isList(one.value) ? one.value.flatMap((item, index) => add(item, [...one.path, index])) : add(one.value, one.path),
  );
}

/** The plain texts among them. */
export function plainTexts(value: Json | undefined, path: Path): readonly (readonly [text: string, path: Path])[] {
  return itemsOf(value, path).flatMap(([item, at]) => {
    const text = literal(item);
    return text === undefined ? [] : [[text, at] as const];
  });
}

/** What a value is as text: that of a Fn::Sub with its variables as `${…}`; undefined of others. */
export function textWithVariables(value: Json | undefined): string | undefined {
  const isSub = isObject(value) && has(value, 'Fn::Sub');
  return isSub ? subParts(value['Fn::Sub']!).text : literal(value);
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
