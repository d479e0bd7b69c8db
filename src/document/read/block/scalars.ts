import type { Json } from '../../template-document.ts';
import { readPlainScalar } from '../forms/read-scalar.ts';

/** Thrown inside the block reader at whatever it does not read: the whole text is handed to `yaml` then. */
export const HANDED_OVER: unique symbol = Symbol('handed over');

/** What a bare scalar means. One that YAML 1.1 takes for something else is for the reader that warns of it. */
export function plainValue(text: string): Json {
  const { value, trap } = readPlainScalar(text);
  if (trap !== undefined) throw HANDED_OVER;
  return value;
}

/** Characters that start something else than a bare scalar. */
const INDICATORS = new Set('-?:,[]{}#&*!|>\'"%@`');

/** Whether a bare scalar may start here. Of `-`, `?` and `:` only the first is read, before a letter or digit. */
export function mayStartPlain(text: string, at: number): boolean {
  const first = text[at]!;
  return !INDICATORS.has(first) || (first === '-' && /[\w./]/.test(text[at + 1] ?? ''));
}

/** Where quoted text ends, behind its closing quote, on the same line; and what it says. */
export function quoted(text: string, at: number, lineEnd: number): { readonly end: number; readonly value: string } {
  return text[at] === "'" ? singleQuoted(text, at, lineEnd) : doubleQuoted(text, at, lineEnd);
}

function singleQuoted(text: string, at: number, lineEnd: number): { readonly end: number; readonly value: string } {
  let end = text.indexOf("'", at + 1);
  let doubled = false;
  while (end >= 0 && text[end + 1] === "'") {
    doubled = true;
    end = text.indexOf("'", end + 2);
  }
  if (end < 0 || end >= lineEnd) throw HANDED_OVER;
  const inner = text.slice(at + 1, end);
  return { end: end + 1, value: doubled ? inner.replaceAll("''", "'") : inner };
}

function doubleQuoted(text: string, at: number, lineEnd: number): { readonly end: number; readonly value: string } {
  let end = at + 1;
  let escaped = false;
  while (end < lineEnd && text[end] !== '"') {
    if (text[end] === '\\') {
      escaped = true;
      if (!'"\\/bfnrt'.includes(text[end + 1] ?? ' ')) throw HANDED_OVER;
      end++;
    }
    end++;
  }
  if (end >= lineEnd) throw HANDED_OVER;
  const inner = text.slice(at + 1, end);
  if (inner.includes('\t')) throw HANDED_OVER;
  return { end: end + 1, value: escaped ? (JSON.parse(`"${inner}"`) as string) : inner };
}

/** A text written as a block after `|`, `|-` or `|+`, and where the block ends. */
export function literalBlock(
  text: string,
  header: string,
  from: number,
  parentIndent: number,
): { readonly end: number; readonly value: string } {
  if (!/^\|[-+]?$/.test(header)) throw HANDED_OVER;
  let indent = -1;
  let at = from;
  const lines: string[] = [];
  while (at < text.length) {
    const found = text.indexOf('\n', at);
    const lineEnd = found < 0 ? text.length : found;
    let first = at;
    while (first < lineEnd && text[first] === ' ') first++;
    if (first === lineEnd) {
      if (indent < 0 ? lineEnd > at : first - at > indent) {
        // Blanks beyond the block's indentation are text; before its first line they may be wrong.
        if (indent < 0) throw HANDED_OVER;
        lines.push(text.slice(at + indent, lineEnd));
      } else lines.push('');
    } else {
      const depth = first - at;
      if (depth <= parentIndent) break;
      if (indent < 0) indent = depth;
      if (depth < indent || text[first] === '\t') throw HANDED_OVER;
      lines.push(text.slice(at + indent, lineEnd));
    }
    if (found < 0) {
      // A block that ends the text without a line break ends without one.
      if (header === '|+') throw HANDED_OVER;
      return { end: text.length, value: ended(lines, header, true) };
    }
    at = found + 1;
  }
  if (indent < 0) throw HANDED_OVER;
  return { end: at, value: ended(lines, header, false) };
}

/** The lines as one text: `|` keeps one line break at the end, `|-` none, `|+` all. */
function ended(lines: readonly string[], header: string, atEnd: boolean): string {
  let last = lines.length;
  if (header !== '|+') while (last > 0 && lines[last - 1] === '') last--;
  const kept = lines.slice(0, last).join('\n');
  if (atEnd && header === '|' && last === lines.length) throw HANDED_OVER;
  return header === '|-' ? kept : `${kept}\n`;
}
