/** The little of DER (X.690) that certificates need: an element is a tag, a length and a content. */

/** An element with this content. */
export function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...length(body.length)]), body]);
}

/** Below 128 the length itself, else how many bytes it has, and these. */
function length(size: number): number[] {
  if (size < 0x80) return [size];
  const bytes = [];
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

export function sequence(...content: readonly Uint8Array[]): Buffer {
  return element(0x30, ...content);
}

export function octetString(content: Uint8Array): Buffer {
  return element(0x04, content);
}

/** `unused` is how many of the last bits do not count. */
export function bitString(content: Uint8Array, unused = 0): Buffer {
  return element(0x03, Buffer.from([unused]), content);
}

export function utf8String(text: string): Buffer {
  return element(0x0c, Buffer.from(text));
}

/** An object identifier from its numbers with dots. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** The highest bit of a byte says that another one follows. */
function base128(number: number): number[] {
  const bytes = [number % 128];
  for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift(128 | (left % 128));
  return bytes;
}

/** A time in UTC: with two digits of the year until 2049, with four after, as RFC 5280 asks. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  return digits < '2050' ? element(0x17, Buffer.from(digits.slice(2))) : element(0x18, Buffer.from(digits));
}

/** The elements one after the other in some DER, each in full. Throws a RangeError where it ends too early. */
export function elements(der: Uint8Array): readonly Buffer[] {
  const found = [];
  for (let rest = Buffer.from(der); rest.length > 0; ) {
    const { start, end } = extent(rest);
    if (start > end || end > rest.length) throw new RangeError('DER ends within an element');
    found.push(rest.subarray(0, end));
    rest = rest.subarray(end);
  }
  return found;
}

/** What is within one element. */
export function contentOf(der: Uint8Array): Buffer {
  const { start, end } = extent(Buffer.from(der));
  return Buffer.from(der).subarray(start, end);
}

/** Where the content of the first element starts and ends. */
function extent(der: Buffer): { readonly start: number; readonly end: number } {
  const first = der.readUInt8(1);
  if (first < 0x80) return { start: 2, end: 2 + first };
  const start = 2 + (first & 0x7f);
  return { start, end: start + der.readUIntBE(2, first & 0x7f) };
}
