import { readFileSync } from 'node:fs';
import { schemaFile } from './schema-for.ts';

let known: ReadonlyMap<string, readonly string[]> | undefined;

/**
 * The keys of conditions of policies that start with a prefix such as `iam`, without it; one that goes on with a name of
 * one's own ends with `/` or `:`. Undefined of a prefix that has none. Read when first asked for.
 */
export function keysOf(prefix: string): readonly string[] | undefined {
  known ??= new Map(
    readFileSync(schemaFile('iam-keys.txt'), 'latin1')
      .trimEnd()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(' ')), line.split(' ').slice(1)]),
  );
  return known.get(prefix);
}
