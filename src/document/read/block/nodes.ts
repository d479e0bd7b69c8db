import type { Path } from '../../../diagnostics/diagnostic.ts';
import type { Json } from '../../template-document.ts';

/** A value with its place in the text: what the block reader makes. */
export interface BlockNode {
  /** From here to `end` it is written; the same number where nothing is written, as in `Key:`. */
  readonly start: number;
  end: number;
  /** The long form of the short form before it, `Fn::GetAtt` of `!GetAtt`. */
  readonly call?: string | undefined;
  /** Of a mapping: its keys, with their places and values. */
  readonly entries?: readonly Entry[];
  /** Of a list. */
  readonly items?: readonly BlockNode[];
}

/** A key of a mapping. */
export interface Entry {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly value: BlockNode;
}

/** What was read of a text: its data, and where everything is. */
export interface Read {
  readonly value: Json;
  readonly place: BlockNode;
}

/** The range of the value at a path, or of its key; of the nearest thing around it where that is not written. */
export function locateIn(root: BlockNode, path: Path, part: 'key' | 'value'): readonly [start: number, end: number] {
  let place: BlockNode | undefined = root;
  let range: readonly [number, number] = [root.start, root.end];
  for (const [depth, step] of path.entries()) {
    const found: { readonly key?: Entry; readonly value: BlockNode } | undefined = place && child(place, step);
    if (found === undefined) break;
    const { key, value } = found;
    const asKey = part === 'key' && depth === path.length - 1;
    const written = isWritten(value) ? value : key;
    range = spanOf((asKey ? (key ?? written) : written) ?? { start: range[0], end: range[1] });
    place = inside(place!, step, value);
  }
  return range;
}

/** A step by a function's name stays at the value: the next steps are of what is within it. */
function inside(place: BlockNode, step: string | number, value: BlockNode): BlockNode {
  return place.call === step && value === place ? withoutCall(place) : value;
}

const opened = new WeakMap<BlockNode, BlockNode>();

function withoutCall(place: BlockNode): BlockNode {
  const known = opened.get(place) ?? { ...place, call: undefined };
  opened.set(place, known);
  return known;
}

function child(
  place: BlockNode,
  step: string | number,
): { readonly key?: Entry; readonly value: BlockNode } | undefined {
  if (place.call !== undefined && place.call === step) return { value: place };
  if (place.entries) {
    const key = place.entries.find(({ name }) => name === String(step));
    return key && { key, value: key.value };
  }
  const item = typeof step === 'number' ? place.items?.[step] : undefined;
  return item && { value: item };
}

function isWritten({ start, end }: BlockNode): boolean {
  return end > start;
}

function spanOf({ start, end }: { readonly start: number; readonly end: number }): readonly [number, number] {
  return [start, end];
}
