import type { Need, NeedsByName } from './needs.ts';

/**
 * Resources, or conditions, that need each other in a circle: for each circle its needs, the last of which closes it.
 * Walks depth first, without recursion. A circle whose closing need joins two that were in circles before is not given:
 * where all need each other there are millions.
 */
export function* circles(needs: NeedsByName): Generator<readonly Need[]> {
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
