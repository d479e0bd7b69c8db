import { IntrinsicFunction } from 'cloudform-types/types/dataTypes.js';
import { nameAndPayload } from '../aws/call.ts';
import { commentOf } from '../aws/comments.ts';
import type { Path } from '../diagnostics/diagnostic.ts';
import { fitsLiteralBlock, quoteString, writePlainScalar } from '../document/write-scalar.ts';

/** Told of every key and value that is written; line and column count from 1. */
export type Recorder = (path: Path, part: 'key' | 'value', line: number, column: number, length: number) => void;

/** A line with a complete list or function is at most this wide. */
const WIDTH = 100;

/** Sections whose entries are set apart by blank lines. */
const SPACED = new Set(['Parameters', 'Rules', 'Resources', 'Outputs']);

/**
 * Writes a template as YAML that CloudFormation, YAML 1.1 and YAML 1.2 readers take for the same: short-form
 * intrinsics, comments, blank lines between entries, literal blocks for text of several lines, no anchors.
 * Keys are in the order of the objects. Ends in a newline.
 */
export function emit(body: object, heading: string, record?: Recorder): string {
  const lines = heading === '' ? [] : comment(heading, '');
  const path: (string | number)[] = [];

  function mark(part: 'key' | 'value', column: number, text: string, line = lines.length + 1): void {
    record?.([...path], part, line, column + 1, text.split('\n', 1)[0]!.length);
  }

  /** Writes `lead` (a key or dash, already indented) and after it the value. */
  function write(lead: string, written: unknown, indent: string): void {
    const value = withoutTag(written);
    const inline = oneLine(value, lead.length);
    if (inline !== undefined) {
      mark('value', lead.length + 1, inline);
      if (record) within(value, lead.length + 1, inline);
      lines.push(`${lead} ${inline}`);
    } else if (typeof value === 'string') {
      mark('value', lead.length + 1, '|');
      block(lead, value, indent);
    } else if (value instanceof IntrinsicFunction) {
      call(lead, value, indent);
    } else if (Array.isArray(value)) {
      mark('value', indent.length + 2, '-', lines.length + 2);
      lines.push(lead);
      list(value, `${indent}  `);
    } else {
      mark('value', indent.length + 2, '', lines.length + 2);
      lines.push(lead);
      entries(value as object, `${indent}  `);
    }
  }

  function call(lead: string, value: IntrinsicFunction, indent: string): void {
    const [name, payload] = nameAndPayload(value);
    const tag = shortTag(name);
    mark('value', lead.length + 1, tag);
    path.push(name);
    write(`${lead} ${tag}`, payload, indent);
    path.pop();
  }

  function block(lead: string, text: string, indent: string): void {
    const chomp = text.endsWith('\n') ? '' : '-';
    lines.push(`${lead} |${chomp}`);
    const content = text.endsWith('\n') ? text.slice(0, -1) : text;
    for (const line of content.split('\n')) lines.push(line === '' ? '' : `${indent}  ${line}`);
  }

  function list(items: readonly unknown[], indent: string): void {
    items.forEach((written, index) => {
      const item = withoutTag(written);
      path.push(index);
      remark(written, indent);
      if (isPlainObject(item) && Object.keys(item).length > 0) {
        mark('value', indent.length + 2, '');
        const start = lines.length;
        entries(item, `${indent}  `);
        let first = start;
        while (lines[first]!.trimStart().startsWith('#')) first++;
        lines[first] = `${indent}- ${lines[first]!.slice(indent.length + 2)}`;
      } else write(`${indent}-`, item, indent);
      path.pop();
    });
  }

  function entries(object: object, indent: string): void {
    const spaced = path.length === 1 && SPACED.has(String(path[0]));
    const apart = spaced || path.length === 0;
    let isFirst = true;
    for (const key of Object.keys(object)) {
      if (apart && !isFirst) lines.push('');
      isFirst = false;
      path.push(key);
      entry(key, (object as Record<string, unknown>)[key], indent);
      path.pop();
    }
  }

  function entry(key: string, value: unknown, indent: string): void {
    remark(value, indent);
    const written = quoteString(key);
    mark('key', indent.length, written);
    write(`${indent}${written}:`, value, indent);
  }

  function remark(value: unknown, indent: string): void {
    const text = typeof value === 'object' && value !== null ? commentOf(value) : undefined;
    if (text !== undefined) lines.push(...comment(text, indent));
  }

  /** Records what is inside a value that was written on one line. */
  function within(value: unknown, column: number, text: string): void {
    const [items, start] = nested(value, text);
    let offset = start;
    items.forEach(([keys, item]) => {
      const inner = flow(item);
      const at = text.indexOf(inner, offset);
      if (at < 0) return;
      offset = at + inner.length;
      path.push(...keys);
      mark('value', column + at, inner);
      within(item, column + at, inner);
      path.length -= keys.length;
    });
  }

  entries(body, '');
  return `${lines.join('\n')}\n`;
}

/** The values inside a one-line value, with the keys that lead to them, and where in its text they start. */
function nested(value: unknown, text: string): [readonly (readonly [Path, unknown])[], number] {
  if (Array.isArray(value)) return [value.map((item, index) => [[index], item]), 1];
  if (!(value instanceof IntrinsicFunction)) return [[], 0];
  const [name, payload] = nameAndPayload(value);
  const start = text.indexOf(' ') + 1;
  if (Array.isArray(payload) && name !== 'Fn::GetAtt')
    return [payload.map((item, index) => [[name, index], item]), start];
  return [[], 0];
}

/** The text of a value that fits behind its key on one line, or undefined. */
function oneLine(value: unknown, used: number): string | undefined {
  if (typeof value === 'string') return fitsLiteralBlock(value) ? undefined : quoteString(value);
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return writePlainScalar(value);
  if (isPlainObject(value)) return Object.keys(value).length === 0 ? '{}' : undefined;
  if (value instanceof IntrinsicFunction) {
    const [name, payload] = nameAndPayload(value);
    if (name === 'Fn::GetAtt') return `!GetAtt ${quoteString((payload as string[]).join('.'))}`;
    if (typeof payload === 'string')
      return fitsLiteralBlock(payload) ? undefined : `${shortTag(name)} ${quoteString(payload)}`;
  }
  if (!isFlat(value)) return undefined;
  const text = flow(value);
  return used + text.length < WIDTH ? text : undefined;
}

/** Whether a value contains nothing but scalars, references and lists of these. */
function isFlat(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\n');
  if (value === null || typeof value !== 'object') return true;
  if (Array.isArray(value))
    return value.every(isFlat) && value.every((item) => commentOf(item as object) === undefined);
  return value instanceof IntrinsicFunction && withoutTag(value) === value && isFlat(nameAndPayload(value)[1]);
}

function flow(value: unknown): string {
  if (typeof value === 'string') return quoteString(value, true);
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return writePlainScalar(value);
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (!(value instanceof IntrinsicFunction)) return '{}';
  const [name, payload] = nameAndPayload(value);
  return `${shortTag(name)} ${name === 'Fn::GetAtt' ? quoteString((payload as string[]).join('.'), true) : flow(payload)}`;
}

/** Functions of Rules: CloudFormation's pages show them in their long form only. */
const LONG_FORM = /^Fn::(?:Contains|EachMember|RefAll|ValueOf)/;

/** A function that needs its long form as the mapping that it then is: one of Rules, or one of another function (a value has one tag). */
function withoutTag(value: unknown): unknown {
  if (!(value instanceof IntrinsicFunction)) return value;
  const [name, payload] = nameAndPayload(value);
  return LONG_FORM.test(name) || payload instanceof IntrinsicFunction ? value.toJSON() : value;
}

function shortTag(name: string): string {
  return `!${name.replace('Fn::', '')}`;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof IntrinsicFunction);
}

function comment(text: string, indent: string): string[] {
  return text.split('\n').map((line) => `${indent}# ${line}`.trimEnd());
}
