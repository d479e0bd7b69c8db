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

/**
 * The range of the value at a path, or of its key; of the nearest thing around it where that is not written. A mapping or
 * list that begins below its key is at the key: that names it, and its first line is about something else.
 */
export function locateIn(
  text: string,
  root: BlockNode,
  path: Path,
  part: 'key' | 'value',
): readonly [start: number, end: number] {
  let place: BlockNode | undefined = root;
  let range: readonly [number, number] = [root.start, root.end];
  for (const [depth, step] of path.entries()) {
    const found: Found | undefined = place && child(place, step);
    if (found === undefined) break;
    const { key, value }: Found = found;
    const asKey = key && ((part === 'key' && depth === path.length - 1) || !isBeside(text, key, value));
    const { start, end } = asKey ? key : value;
    if (end > start) range = [start, end];
    // A step by a function's name stays at the value: the next steps are of what is within it.
    place = value === place ? { ...value, call: undefined } : value;
  }
  return range;
}

/** What a step leads to. */
interface Found {
  readonly key?: Entry | undefined;
  readonly value: BlockNode;
}

function child(place: BlockNode, step: string | number): Found | undefined {
  if (place.call !== undefined && place.call === step) return { value: place };
  if (place.entries) {
    const key = place.entries.find(({ name }) => name === String(step));
    return key && { key, value: key.value };
  }
  const item = typeof step === 'number' ? place.items?.[step] : undefined;
  return item && { value: item };
}

function isBeside(text: string, key: Entry, { entries, items, start, end }: BlockNode): boolean {
  return end > start && !((entries ?? items) && text.slice(key.end, start).includes('\n'));
}
