import type { Path } from '../../diagnostics/diagnostic.ts';
import type { IfParts } from '../../document/intrinsics.ts';
import type { Json } from '../../document/template-document.ts';
import type { ConditionValues } from '../model/conditions.ts';

/** Which properties are read-only: their names, and those within them. `true` is the whole of it. */
export type ReadOnly = ReadonlyMap<string, ReadOnly | true>;

/** A value on its way through a schema. Its path is put together only where something is wrong. */
export interface Place {
  readonly around: Place | Path;
  readonly key: string | number;
  /** The conditions that must be true, or not, for the value to be there. */
  readonly known: ConditionValues;
  readonly readOnly?: ReadOnly | true | undefined;
}

/** The place of the value of a key, or of an entry. */
export function within(around: Place, key: string | number): Place {
  const { readOnly } = around;
  const inner = readOnly instanceof Map ? readOnly.get(typeof key === 'number' ? '*' : key) : undefined;
  return { around, key, known: around.known, readOnly: inner };
}

/** The branches of an Fn::If that can be taken there, each with its place and with what is then true. */
export function branchesAt([name, then, otherwise]: IfParts, place: Place): readonly (readonly [Json, Place])[] {
  const branches = [
    [1, then, true],
    [2, otherwise, false],
  ] as const;
  const around = within(place, 'Fn::If');
  return branches
    .filter(([, , outcome]) => (place.known.get(name) ?? outcome) === outcome)
    .map(([key, branch, outcome]) => [
      branch,
      { ...place, around, key, known: new Map([...place.known, [name, outcome]]) },
    ]);
}

/** The path of a place. */
export function pathOf(place: Place): Path {
  const keys: (string | number)[] = [];
  let at: Place | Path = place;
  while ('key' in at) {
    keys.push(at.key);
    at = at.around;
  }
  return [...at, ...keys.reverse()];
}

/** The name of the property that a value belongs to: entries of a list, and branches of Fn::If, are of the list's. */
export function propertyOf(place: Place): string {
  let at: Place | Path = place;
  while ('key' in at) {
    if (typeof at.key === 'string' && at.key !== 'Fn::If') return at.key;
    at = at.around;
  }
  return '';
}

/** How a message names a value: by its property, or as an entry of it. */
export function subjectOf(place: Place): string {
  const name = propertyOf(place) || 'The value';
  let at: Place | Path = place;
  while ('key' in at && 'key' in at.around && at.around.key === 'Fn::If') at = at.around.around;
  return 'key' in at && typeof at.key === 'number' ? `An entry of ${name}` : name;
}

/** A tree that is still made. */
type Growing = Map<string, Growing | true>;

/** The pointers of a schema, `/properties/A/B`, as a tree of names. */
export function readOnlyTree(pointers: readonly string[]): ReadOnly {
  const tree: Growing = new Map();
  for (const pointer of pointers) add(tree, pointer.split('/').slice(2));
  return tree;
}

/** Within what is read-only as a whole there is nothing to add. */
function add(tree: Growing, [name, ...rest]: readonly string[]): void {
  if (name === undefined) return;
  const there = tree.get(name);
  if (rest.length === 0) tree.set(name, true);
  else if (there !== true) {
    const inner: Growing = there ?? new Map();
    tree.set(name, inner);
    add(inner, rest);
  }
}
