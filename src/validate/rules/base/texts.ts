import type { Path } from '../../../diagnostics/diagnostic.ts';
import { isList } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { branches, literal } from './look.ts';

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
