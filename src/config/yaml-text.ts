import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Path, Span } from '../diagnostics/diagnostic.ts';

/** A YAML text that was read: its data, and the place of each piece. */
export interface YamlText {
  readonly file: string;
  readonly text: string;
  readonly document: Document.Parsed;
}

/** The place of the value at a path, or of its key. For what is not in the text: the place of the nearest thing around it. */
export function spanAt(yaml: YamlText, path: Path, part: 'key' | 'value' = 'value'): Span {
  let node: Node | null = yaml.document.contents;
  let range = node?.range ?? [0, 0];
  path.forEach((step, depth) => {
    const last = depth === path.length - 1;
    const whole = isAlias(node) ? node.resolve(yaml.document) : node;
    const found = child(whole, step);
    if (found === undefined) {
      node = null;
      return;
    }
    const value = found.value?.range;
    const unwritten = !value || value[0] === value[1];
    range = ((last && part === 'key') || unwritten ? found.key?.range : value) ?? value ?? range;
    node = found.value;
  });
  return spanOf(yaml, range[0], range[1]);
}

/** A range of the text as line, column and length within the line. */
export function spanOf({ file, text }: Pick<YamlText, 'file' | 'text'>, start: number, end: number): Span {
  const before = text.slice(0, start);
  const lineStart = before.lastIndexOf('\n') + 1;
  const piece = text.slice(start, end).split(/\r?\n/, 1)[0]!;
  return {
    file,
    line: before.split('\n').length,
    column: before.length - lineStart + 1,
    length: Math.max(piece.trimEnd().length, 1),
  };
}

function child(node: unknown, step: string | number): { key: Node | null; value: Node | null } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    return pair && { key: pair.key as Node, value: pair.value as Node | null };
  }
  if (isSeq(node) && typeof step === 'number') return { key: null, value: (node.items[step] as Node) ?? null };
  return undefined;
}
