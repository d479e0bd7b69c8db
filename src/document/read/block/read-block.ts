import type { Json, ReadEntries } from '../../template-document.ts';
import { payloadOf, SHORT_FORMS } from '../forms/tags.ts';
import type { BlockNode, Entry, Read } from './nodes.ts';
import { HANDED_OVER, literalBlock, mayStartPlain, plainValue, quoted } from './scalars.ts';

/** How deep an entry of a section is: a resource, a parameter. */
const ENTRY_DEPTH = 2;

/** Above this depth the other reader measures. */
const MAX_DEPTH = 100;

/** Control characters, other line breaks, and marks that only the other reader knows how to take. */
const ODD = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

/**
 * Reads the style that templates are written in: block mappings and lists, scalars and flow lists on one line, short
 * forms, blocks of text. Everything else, everything that is wrong and everything worth a warning is for `yaml`.
 * @param before what was read of entries of sections: an entry with the same text is taken from there, and has no places
 *   within it; what else is read is added
 * @returns undefined where the text is not altogether in this style
 */
export function readBlock(text: string, before?: ReadEntries): Read | undefined {
  if (ODD.test(text)) return undefined;
  try {
    return new BlockReader(text, before).document();
  } catch (thrown) {
    if (thrown === HANDED_OVER) return undefined;
    throw thrown;
  }
}

/** A cursor over the lines of a text. A position is that of a character in the text. */
class BlockReader {
  private readonly text: string;
  /** The first character of the current line that is not a blank, the end of the line, and the column. */
  private start = 0;
  private lineEnd = -1;
  private indent = -1;
  private depth = 0;
  private readonly before: ReadEntries | undefined;

  constructor(text: string, before: ReadEntries | undefined) {
    this.text = text;
    this.before = before;
  }

  document(): Read {
    this.nextLine();
    if (this.isAtEnd()) throw HANDED_OVER;
    const read = this.block(this.indent);
    if (!this.isAtEnd()) throw HANDED_OVER;
    return read;
  }

  private isAtEnd(): boolean {
    return this.indent < 0;
  }

  /** Goes to the next line that says something. */
  private nextLine(from: number = this.lineEnd + 1): void {
    const { text } = this;
    for (let at = from; at < text.length; ) {
      let first = at;
      while (text[first] === ' ') first++;
      const found = text.indexOf('\n', first);
      const end = found < 0 ? text.length : found;
      if (first < end && text[first] !== '#') {
        if (text[first] === '\t') throw HANDED_OVER;
        [this.start, this.lineEnd, this.indent] = [first, end, first - at];
        if (this.indent === 0 && /^(?:---|\.\.\.|%)/.test(text.slice(first, first + 3))) throw HANDED_OVER;
        return;
      }
      at = end + 1;
    }
    [this.start, this.lineEnd, this.indent] = [text.length, text.length, -1];
  }

  /** A value that starts on a line of its own. */
  private block(indent: number): Read {
    if (++this.depth > MAX_DEPTH) throw HANDED_OVER;
    const read = this.isItem() ? this.list(indent) : this.mapping(indent);
    this.depth--;
    return read;
  }

  private isItem(): boolean {
    const { text, start } = this;
    return text[start] === '-' && (text[start + 1] === ' ' || start + 1 === this.lineEnd);
  }

  private mapping(indent: number): Read {
    const entries: Entry[] = [];
    const value: { [key: string]: Json } = {};
    const { start } = this;
    while (this.indent === indent && !this.isItem()) {
      const key = this.key();
      if (Object.hasOwn(value, key.name) || key.name === '__proto__') throw HANDED_OVER;
      const read = this.entryAfter(key.start, key.after, indent);
      value[key.name] = read.value;
      entries.push({ name: key.name, start: key.start, end: key.end, value: read.place });
    }
    if (this.indent > indent || entries.length === 0) throw HANDED_OVER;
    return { value, place: { start, end: entries.at(-1)!.value.end, entries } };
  }

  /** The value behind a key. */
  private entryAfter(start: number, after: number, indent: number): Read {
    const { before } = this;
    const end = before && this.depth === ENTRY_DEPTH ? this.entryEnd(indent) : undefined;
    if (!before || end === undefined) return this.valueAfter(after, indent, true);
    const written = this.text.slice(start, end);
    const value = before.get(written);
    if (value === undefined) {
      const read = this.valueAfter(after, indent, true);
      if (this.start >= end) before.set(written, read.value);
      return read;
    }
    this.nextLine(end);
    return { value, place: { start: after, end } };
  }

  /** Where the next line begins that is indented no more than this entry; undefined where that may belong to the entry. */
  private entryEnd(indent: number): number | undefined {
    const low = new RegExp(`\\n {0,${indent}}(?=[^ \\n])`, 'g');
    low.lastIndex = this.lineEnd;
    const found = low.exec(this.text);
    if (!found) return this.text.length;
    return '-#'.includes(this.text[low.lastIndex]!) ? undefined : found.index + 1;
  }

  private list(indent: number): Read {
    const items: BlockNode[] = [];
    const value: Json[] = [];
    const { start } = this;
    while (this.indent === indent && this.isItem()) {
      const read = this.item(indent);
      value.push(read.value);
      items.push(read.place);
    }
    return { value, place: { start, end: items.at(-1)!.end, items } };
  }

  /** An entry of a list: a mapping or another list may start behind its hyphen. */
  private item(indent: number): Read {
    const after = this.start + 1;
    const at = this.blanks(after);
    if (at < this.lineEnd && this.text[at] !== '#') {
      const column = indent + at - this.start;
      const isList = this.text[at] === '-' && (this.text[at + 1] === ' ' || at + 1 === this.lineEnd);
      if (isList || this.keyEnd(at) !== undefined) {
        [this.start, this.indent] = [at, column];
        return this.block(column);
      }
    }
    return this.valueAfter(after, indent, false);
  }

  /** The key at the cursor. */
  private key(): { readonly name: string; readonly start: number; readonly end: number; readonly after: number } {
    const { text, start } = this;
    const end = this.keyEnd(start);
    if (end === undefined) throw HANDED_OVER;
    const first = text[start];
    if (first === "'" || first === '"')
      return { name: quoted(text, start, this.lineEnd).value, start, end, after: text.indexOf(':', end) + 1 };
    const name = text.slice(start, end);
    // What is not text as a key is worth a warning, and `<<` means a merge.
    if (typeof plainValue(name) === 'boolean' || name === '<<' || name === '') throw HANDED_OVER;
    return { name, start, end, after: end + 1 };
  }

  /** Where the key ends that starts at a place, or undefined where no key does. */
  private keyEnd(at: number): number | undefined {
    const { text, lineEnd } = this;
    const first = text[at];
    if (first === "'" || first === '"') {
      const { end } = quoted(text, at, lineEnd);
      return text[end] === ':' && this.isBlankAt(end + 1) ? end : undefined;
    }
    if (!mayStartPlain(text, at)) return undefined;
    for (let colon = text.indexOf(':', at); colon >= 0 && colon < lineEnd; colon = text.indexOf(':', colon + 1)) {
      if (!this.isBlankAt(colon + 1)) continue;
      const name = text.slice(at, colon);
      if (name.includes(' #')) return undefined;
      if (name.endsWith(' ') || name.includes('\t')) throw HANDED_OVER;
      return colon;
    }
    return undefined;
  }

  private isBlankAt(at: number): boolean {
    if (this.text[at] === '\t') throw HANDED_OVER;
    return at >= this.lineEnd || this.text[at] === ' ';
  }

  private blanks(from: number): number {
    let at = from;
    while (at < this.lineEnd && this.text[at] === ' ') at++;
    return at;
  }

  /** The value behind a key or a hyphen, on its line or on those that follow. Leaves the cursor at the next line. */
  private valueAfter(from: number, indent: number, ofKey: boolean): Read {
    const at = this.blanks(from);
    if (this.text[at] === '!' && at < this.lineEnd) return this.called(at, indent, ofKey);
    return this.untagged(at, from, indent, ofKey);
  }

  /** A value behind a short form. */
  private called(at: number, indent: number, ofKey: boolean): Read {
    const { text } = this;
    let end = at;
    while (end < this.lineEnd && text[end] !== ' ') end++;
    const name = SHORT_FORMS.get(text.slice(at, end));
    const payload = this.blanks(end);
    if (name === undefined || text[payload] === '!') throw HANDED_OVER;
    const { value, place } = this.untagged(payload, end, indent, ofKey, true);
    if (place.end === place.start) throw HANDED_OVER;
    return { value: { [name]: payloadOf(name, value) }, place: { ...place, call: name } };
  }

  private untagged(at: number, from: number, indent: number, ofKey: boolean, isText = false): Read {
    const { text, lineEnd } = this;
    if (at >= lineEnd || text[at] === '#') return this.below(at, from, indent, ofKey);
    const first = text[at]!;
    if (first === '|') return this.literal(at, indent);
    const read = this.inline(at, lineEnd, false, isText);
    const rest = this.blanks(read.place.end);
    const isComment = text[rest] === '#' && rest > read.place.end;
    if (rest < lineEnd && !isComment) throw HANDED_OVER;
    this.nextLine();
    // A bare scalar may go on in lines that are indented more: the other reader joins them.
    if (this.indent > indent) throw HANDED_OVER;
    return read;
  }

  /** A value on the lines that follow: nothing, where none is indented more. */
  private below(at: number, from: number, indent: number, ofKey: boolean): Read {
    if (this.text[at] === '#' && at === from) throw HANDED_OVER;
    this.nextLine();
    if (this.indent > indent) return this.block(this.indent);
    if (ofKey && this.indent === indent && this.isItem()) return this.block(indent);
    return { value: null, place: { start: from, end: from } };
  }

  private literal(at: number, indent: number): Read {
    const { text, lineEnd } = this;
    let header = text.slice(at, lineEnd);
    const comment = header.indexOf(' #');
    header = (comment < 0 ? header : header.slice(0, comment)).trimEnd();
    const { value, end } = literalBlock(text, header, lineEnd + 1, indent);
    this.lineEnd = end - 1;
    this.nextLine(end);
    if (this.indent > indent) throw HANDED_OVER;
    return { value, place: { start: at, end } };
  }

  /** A scalar or a flow collection that ends on this line. */
  private inline(at: number, lineEnd: number, inFlow: boolean, isText = false): Read {
    const { text } = this;
    const first = text[at];
    if (first === '[') return this.flowList(at, lineEnd);
    if (first === '{') return this.flowMapping(at, lineEnd);
    if (first === "'" || first === '"') {
      const { value, end } = quoted(text, at, lineEnd);
      return { value, place: { start: at, end } };
    }
    if (!mayStartPlain(text, at)) throw HANDED_OVER;
    const end = inFlow ? this.flowPlainEnd(at, lineEnd) : this.plainEnd(at, lineEnd);
    const written = text.slice(at, end);
    return { value: isText ? written : plainValue(written), place: { start: at, end } };
  }

  /** Where a bare scalar ends that is not in a flow collection. */
  private plainEnd(at: number, lineEnd: number): number {
    const { text } = this;
    const written = text.slice(at, lineEnd);
    const comment = written.indexOf(' #');
    const plain = (comment < 0 ? written : written.slice(0, comment)).trimEnd();
    if (plain.includes(': ') || plain.endsWith(':') || plain.includes('\t')) throw HANDED_OVER;
    return at + plain.length;
  }

  private flowPlainEnd(at: number, lineEnd: number): number {
    const { text } = this;
    let end = at;
    for (; end < lineEnd; end++) {
      const char = text[end]!;
      if (char === ',' || char === ']' || char === '}') break;
      if (char === '[' || char === '{' || char === '\t' || (char === '#' && text[end - 1] === ' ')) throw HANDED_OVER;
      if (char === ':' && (end + 1 >= lineEnd || ' ,[]{}'.includes(text[end + 1]!))) throw HANDED_OVER;
    }
    if (end >= lineEnd) throw HANDED_OVER;
    while (text[end - 1] === ' ') end--;
    return end;
  }

  /** A value within a flow collection, perhaps behind a short form. */
  private flowValue(at: number, lineEnd: number): Read {
    const { text } = this;
    if (text[at] !== '!') return this.inline(at, lineEnd, true);
    let end = at;
    while (end < lineEnd && !' ,[]{}'.includes(text[end]!)) end++;
    const name = SHORT_FORMS.get(text.slice(at, end));
    const payload = this.blanks(end);
    if (name === undefined || text[end] !== ' ' || text[payload] === '!') throw HANDED_OVER;
    const { value, place } = this.inline(payload, lineEnd, true, true);
    return { value: { [name]: payloadOf(name, value) }, place: { ...place, call: name } };
  }

  private flowList(start: number, lineEnd: number): Read {
    const { text } = this;
    if (++this.depth > MAX_DEPTH) throw HANDED_OVER;
    const items: BlockNode[] = [];
    const value: Json[] = [];
    let at = this.blanks(start + 1);
    while (text[at] !== ']') {
      const read = this.flowValue(at, lineEnd);
      value.push(read.value);
      items.push(read.place);
      at = this.blanks(read.place.end);
      if (text[at] === ',') at = this.blanks(at + 1);
      else if (text[at] !== ']') throw HANDED_OVER;
      if (at >= lineEnd) throw HANDED_OVER;
    }
    this.depth--;
    return { value, place: { start, end: at + 1, items } };
  }

  private flowMapping(start: number, lineEnd: number): Read {
    const { text } = this;
    if (++this.depth > MAX_DEPTH) throw HANDED_OVER;
    const entries: Entry[] = [];
    const value: { [key: string]: Json } = {};
    let at = this.blanks(start + 1);
    while (text[at] !== '}') {
      const key = this.flowKey(at, lineEnd);
      if (Object.hasOwn(value, key.name) || key.name === '__proto__') throw HANDED_OVER;
      const read = this.flowValue(this.blanks(key.end + 1), lineEnd);
      value[key.name] = read.value;
      entries.push({ ...key, value: read.place });
      at = this.blanks(read.place.end);
      if (text[at] === ',') at = this.blanks(at + 1);
      else if (text[at] !== '}') throw HANDED_OVER;
      if (at >= lineEnd) throw HANDED_OVER;
    }
    this.depth--;
    return { value, place: { start, end: at + 1, entries } };
  }

  /** A key within braces, and behind it a colon and a blank. */
  private flowKey(
    start: number,
    lineEnd: number,
  ): { readonly name: string; readonly start: number; readonly end: number } {
    const { text } = this;
    let end = start;
    let name: string;
    if (text[start] === "'" || text[start] === '"') {
      ({ end, value: name } = quoted(text, start, lineEnd));
    } else {
      if (!mayStartPlain(text, start)) throw HANDED_OVER;
      while (end < lineEnd && !',[]{}\t#'.includes(text[end]!) && !(text[end] === ':' && text[end + 1] === ' ')) end++;
      name = text.slice(start, end);
      if (name === '' || name.endsWith(' ') || typeof plainValue(name) === 'boolean' || name === '<<')
        throw HANDED_OVER;
    }
    if (text[end] !== ':' || text[end + 1] !== ' ' || end + 1 >= lineEnd) throw HANDED_OVER;
    return { name, start, end };
  }
}
