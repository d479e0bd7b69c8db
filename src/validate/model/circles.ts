import type { Need, NeedsByName } from './needs.ts';

/**
 * Resources, or conditions, that need each other in a circle: for each circle its needs, the last of which closes it. Each
 * that is in a circle is in one of those that are given; not all are: where all need each other there are millions.
 */
export function* circles(needs: NeedsByName): Generator<readonly Need[]> {
  const told = new Set<string>();
  const tell = (circle: readonly Need[]): readonly Need[] => {
    for (const { target } of circle) told.add(target);
    return circle;
  };
  for (const circle of byDepth(needs)) yield tell(circle);
  for (const name of between(needs, told)) {
    const circle = told.has(name) ? undefined : shortest(needs, name);
    if (circle) yield tell(circle);
  }
}

/** What needs one of some, over others, and is needed by one of them: only these can be in a circle with them. */
function between(needs: NeedsByName, some: ReadonlySet<string>): readonly string[] {
  const targets = new Map([...needs].map(([name, all]) => [name, all.map(({ target }) => target)]));
  const sources = new Map<string, string[]>([...needs.keys()].map((name) => [name, []]));
  for (const [name, all] of targets) for (const target of all) sources.get(target)?.push(name);
  const after = reached(targets, some);
  const before = reached(sources, some);
  return [...after].filter((name) => before.has(name));
}

function reached(next: ReadonlyMap<string, readonly string[]>, from: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set(from);
  for (const name of all) for (const one of next.get(name) ?? []) all.add(one);
  return all;
}

/** The shortest way from a name back to itself: its needs, the last of which closes it. */
function shortest(needs: NeedsByName, name: string): readonly Need[] | undefined {
  // How each name is reached: names are looked at in the order in which they are.
  const ways = new Map<string, { readonly need: Need; readonly from: string }>();
  const enter = (from: string): void => {
    for (const need of needs.get(from) ?? []) if (!ways.has(need.target)) ways.set(need.target, { need, from });
  };
  enter(name);
  for (const from of ways.keys()) {
    if (from === name) break;
    enter(from);
  }
  const circle: Need[] = [];
  for (let way = ways.get(name); way; way = way.from === name ? undefined : ways.get(way.from))
    circle.unshift(way.need);
  return circle.length > 0 ? circle : undefined;
}

/**
 * Circles that are met on the way into the depth, without recursion: not those whose closing need joins two that were in
 * circles before.
 */
function* byDepth(needs: NeedsByName): Generator<readonly Need[]> {
  const done = new Set<string>();
  const told = new Set<string>();
  for (const start of needs.keys()) {
    const way: { name: string; via: Need | undefined; next: number }[] = [];
    const depth = new Map<string, number>();
    const enter = (name: string, via: Need | undefined): void => {
      depth.set(name, way.length);
      way.push({ name, via, next: 0 });
    };
    if (!done.has(start)) enter(start, undefined);
    while (way.length > 0) {
      const top = way.at(-1)!;
      const need = needs.get(top.name)![top.next++];
      if (need === undefined) {
        done.add(top.name);
        way.pop();
        depth.delete(top.name);
      } else if (!done.has(need.target)) {
        const from = depth.get(need.target);
        if (from === undefined) {
          enter(need.target, need);
        } else if (!told.has(top.name) || !told.has(need.target)) {
          for (const { name } of way.slice(from)) told.add(name);
          yield [...way.slice(from + 1).map(({ via }) => via!), need];
        }
      }
    }
  }
}
