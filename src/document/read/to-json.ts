import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import { capPerCode } from '../../diagnostics/cap.ts';
import { type Diagnostic, error, warning } from '../../diagnostics/diagnostic.ts';
import { nearest } from '../../diagnostics/nearest.ts';
import { isObject } from '../intrinsics.ts';
import type { Json } from '../template-document.ts';
import type { Anchors } from './anchors.ts';
import type { LineIndex } from './forms/line-index.ts';
import { readPlainScalar } from './forms/read-scalar.ts';
import { CORE_TAGS, payloadOf, SHORT_FORMS } from './forms/tags.ts';
import { MAX_DEPTH, nestsTooDeep } from './parse.ts';

/** How many values there may be once aliases are written out; a template of 1 MB cannot have as many. */
const MAX_VALUES = 500_000;

/** How many values a value has in it, itself included, and how deep they are. */
interface Measure {
  readonly size: number;
  readonly depth: number;
}

/**
 * Turns the nodes of a template into data as CloudFormation reads it: YAML 1.1, short forms in their long form,
 * aliases and merges resolved. What it finds on the way goes to `faults`.
 * @returns undefined where there is no end to the aliases
 */
export function toJson(
  contents: Node | null,
  anchors: Anchors,
  lines: LineIndex,
  faults: Diagnostic[],
): Json | undefined {
  const cap = capPerCode();
  const measures = new Map<Node, Measure>();
  const made = new Map<Node, Json>();
  const open = new Set<Node>();
  const path: (string | number)[] = [];
  let given = true;
  /** How many keys merge keys have brought in so far. */
  let inherited = 0;

  function report(make: typeof error, node: Node, code: string, message: string, hint: string | (() => string)): void {
    cap.add(code, make === error ? 'error' : 'warning', () =>
      make({ code, message, path: [...path], span: spanOf(node), hint: typeof hint === 'string' ? hint : hint() }),
    );
  }

  function spanOf(node: Node) {
    return lines.span(node.range?.[0] ?? 0, node.range?.[1] ?? 0);
  }

  function value(node: Node | null): Json {
    if (node === null) return null;
    if (isAlias(node)) return aliased(node);
    const known = made.get(node);
    if (known !== undefined) return known;
    open.add(node);
    const json = tagged(node);
    open.delete(node);
    made.set(node, json);
    measure(node);
    return json;
  }

  function aliased(alias: Alias): Json {
    const target = anchors(alias);
    if (target === undefined) {
      report(error, alias, 'E0000', `Nothing is marked &${alias.source}.`, 'Write the value itself.');
      return null;
    }
    report(warning, alias, 'W1101', 'CloudFormation knows no YAML aliases.', 'Write the value itself.');
    if (open.has(target)) {
      report(error, alias, 'PL3007', `The alias *${alias.source} contains itself.`, 'Write the value itself.');
      given = false;
      return null;
    }
    return value(target);
  }

  function tagged(node: Node): Json {
    const { tag } = node;
    if (tag === undefined || tag === '!' || CORE_TAGS.has(tag)) return untagged(node);
    const name = SHORT_FORMS.get(tag);
    if (name === undefined) {
      const hint = (): string => {
        const near = nearest(tag, SHORT_FORMS.keys());
        return near === undefined ? 'Write the function in its long form, Fn::Name.' : `Did you mean ${near}?`;
      };
      report(error, node, 'PL3004', `CloudFormation has no short form ${tag}.`, hint);
      return untagged(node);
    }
    path.push(name);
    const payload = payloadOf(name, isScalar(node) ? text(node) : untagged(node));
    path.pop();
    return { [name]: payload };
  }

  function untagged(node: Node): Json {
    if (isMap(node)) return mapping(node);
    if (isSeq(node)) return node.items.map((item, index) => within(index, item as Node | null));
    return isScalar(node) ? scalar(node) : null;
  }

  function within(key: string | number, node: Node | null): Json {
    path.push(key);
    const json = value(node);
    path.pop();
    return json;
  }

  function scalar(node: Scalar): Json {
    if (node.type !== 'PLAIN' || node.tag === '!' || node.tag === 'tag:yaml.org,2002:str') return text(node);
    const { value: json, trap } = readPlainScalar(text(node));
    if (trap !== undefined) trapped(node, trap);
    return json;
  }

  function trapped(node: Scalar, trap: string): void {
    const message = `YAML 1.1, which CloudFormation reads, takes ${text(node)} for ${trap}.`;
    report(warning, node, 'PL3005', message, 'Put it in quotes, or write the value that is meant.');
  }

  function mapping(map: YAMLMap): Json {
    const keys = new Map<string, Node>();
    const merged: Json[] = [];
    const own: [string, Json][] = [];
    for (const pair of map.items) {
      const key = pair.key as Node;
      if (!isScalar(key) || (key.type === 'PLAIN' && text(key) === '')) {
        report(error, key ?? map, 'E0000', 'A key must be text.', 'Put it in quotes.');
        continue;
      }
      if (key.tag !== undefined && key.tag !== '!' && !CORE_TAGS.has(key.tag)) {
        const hint = `Put what ${key.tag} takes in braces: ${key.tag} { ${text(key)}: … }.`;
        report(error, key, 'E0000', `A key must be text: ${key.tag} is read with the key ${text(key)} here.`, hint);
        continue;
      }
      const name = text(key);
      if (name === '<<' && key.type === 'PLAIN') {
        report(warning, key, 'W1100', 'CloudFormation knows no YAML merge keys.', 'Write the keys themselves.');
        merged.push(...[within(name, pair.value as Node | null)].flat());
        continue;
      }
      const first = keys.get(name);
      if (first) duplicate(name, key, first);
      else if (key.type === 'PLAIN' && typeof readPlainScalar(name).value === 'boolean')
        trapped(key, readPlainScalar(name).trap ?? 'a boolean');
      keys.set(name, key);
      own.push([name, within(name, pair.value as Node | null)]);
    }
    const from = inherited > MAX_VALUES ? [] : merged.reverse();
    const others = from.flatMap((source) => (isObject(source) ? Object.entries(source) : []));
    inherited += others.length;
    if (inherited > MAX_VALUES && given) expands(map);
    return object([...others, ...own]);
  }

  function expands(node: Node): void {
    const message = 'The aliases (*name) expand to far more than is written.';
    report(error, node, 'PL3007', message, 'Write the values themselves.');
    given = false;
  }

  function duplicate(name: string, key: Node, first: Node): void {
    cap.add('E0000', 'error', () =>
      error({
        code: 'E0000',
        message: `The key ${JSON.stringify(name)} appears twice in the same mapping.`,
        path: [...path, name],
        span: spanOf(key),
        hint: 'Keep one.',
        related: [{ message: 'It appears here first', span: spanOf(first) }],
      }),
    );
  }

  /** Adds up what is in the value, aliases written out. */
  function measure(node: Node): void {
    const parts = children(node).map(
      (child) => (child && measures.get(isAlias(child) ? anchors(child)! : child)) ?? { size: 1, depth: 0 },
    );
    const size = parts.reduce((sum, part) => sum + part.size, 1);
    const depth = parts.reduce((deepest, part) => Math.max(deepest, part.depth), 0) + 1;
    measures.set(node, { size, depth });
    if (!given) return;
    if (size > MAX_VALUES) expands(node);
    else if (depth > MAX_DEPTH) {
      cap.add('PL3007', 'error', () => nestsTooDeep(lines, node.range?.[0] ?? 0));
      given = false;
    }
  }

  const json = value(contents);
  faults.push(...cap.all());
  return given ? json : undefined;
}

function children(node: Node): readonly (Node | null)[] {
  if (isMap(node)) return node.items.map((pair) => pair.value as Node | null);
  return isSeq(node) ? (node.items as Node[]) : [];
}

function text(node: Scalar): string {
  return String(node.value ?? '');
}

/** An object of entries, of which the last with a key wins; `__proto__` is a key like any other. */
function object(entries: readonly (readonly [string, Json])[]): Json {
  return Object.fromEntries(entries);
}
