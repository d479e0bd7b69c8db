import type { Path } from '../../../diagnostics/diagnostic.ts';
import { isList } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { branches, literal } from './look.ts';

/** The plain texts that a value is, or that its list has, each with its place. */
export function* plainTexts(value: Json | undefined, path: Path): Generator<readonly [text: string, path: Path]> {
  for (const one of branches(value, path)) {
    const items: Iterable<readonly [number | undefined, Json]> = isList(one.value)
      ? one.value.entries()
      : [[undefined, one.value ?? null]];
    for (const [index, item] of items)
      for (const inner of branches(item, index === undefined ? one.path : [...one.path, index])) {
        const text = literal(inner.value);
        if (text !== undefined) yield [text, inner.path];
      }
  }
}
