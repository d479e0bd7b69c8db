import { type Document, isAlias, isCollection, isMap, isNode, isPair, isScalar, isSeq, type Node } from 'yaml';
import type { Path } from '../../diagnostics/diagnostic.ts';
import type { Anchors } from './anchors.ts';
import { SHORT_FORMS } from './forms/tags.ts';

/** Where something is in a text. */
export type Range = readonly [start: number, end: number];

/** What a key leads to. */
interface Child {
  readonly key?: Node;
  readonly value: Node | null;
}

/**
 * The range of the value at a path, or of its key; of the nearest thing around it where that is not written. A mapping or
 * list that begins below its key is at the key: that names it, and its first line is about something else.
 */
export function locate(
  text: string,
  document: Document.Parsed,
  anchors: Anchors,
  path: Path,
  part: 'key' | 'value',
): Range {
  let node: Node | null = document.contents;
  let range: Range = start(node) ?? [0, 0];
  for (const [depth, step] of path.entries()) {
    const found: Child | undefined = child(anchors, node, step);
    if (found === undefined) break;
    const asKey = (part === 'key' && depth === path.length - 1) || isBelow(text, found);
    range = (asKey ? start(found.key) : start(found.value)) ?? start(found.key) ?? start(found.value) ?? range;
    node = found.value;
  }
  return range;
}

function isBelow(text: string, { key, value }: Child): boolean {
  return isCollection(value) && key !== undefined && text.slice(key.range![1], value.range![0]).includes('\n');
}

/** The range of a node that is written, undefined of one that is not. */
function start(node: Node | null | undefined): Range | undefined {
  if (!node?.range || node.range[0] === node.range[1]) return undefined;
  return [node.range[0], endOf(node)];
}

/** Where a node ends: a block where its last value does, without the comment behind it. */
function endOf(node: Node): number {
  if (!isCollection(node) || node.flow) return node.range?.[1] ?? 0;
  const last: unknown = node.items.at(-1);
  const inner = isPair(last) ? (last.value ?? last.key) : last;
  return isNode(inner) ? endOf(inner) : (node.range?.[1] ?? 0);
}

function child(anchors: Anchors, node: Node | null, step: string | number): Child | undefined {
  if (node === null) return undefined;
  const whole = isAlias(node) ? anchors(node) : node;
  if (whole?.tag !== undefined && SHORT_FORMS.get(whole.tag) === step) return { value: whole };
  if (isMap(whole)) {
    const pairs = whole.items.filter(({ key }) => isScalar(key));
    const own = pairs.findLast(({ key }) => keyText(key) === String(step));
    if (own) return { key: own.key as Node, value: own.value as Node | null };
    const merge = pairs.find(({ key }) => keyText(key) === '<<');
    return merge && child(anchors, merge.value as Node | null, step);
  }
  if (isSeq(whole) && typeof step === 'number' && step < whole.items.length)
    return { value: (whole.items[step] as Node | undefined) ?? null };
  return undefined;
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value ?? '') : '';
}
