import { element } from '../../../certificate/x509/der.ts';

/** The little of BER (X.690) that LDAP needs besides what certificates are written with: numbers, texts, and reading. */

/** A value that was read: its tag, and its content. */
export interface Element {
  readonly tag: number;
  readonly body: Buffer;
}

/** Bytes, or text in UTF-8; with another tag the context says what they are. */
export function octets(value: string | Uint8Array, tag = 0x04): Buffer {
  return element(tag, typeof value === 'string' ? Buffer.from(value) : value);
}

/** A number from 0 to 2^31 - 1; with the tag 0x0a one that stands for a word. */
export function integer(value: number, tag = 0x02): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt32BE(value, 1);
  const first = bytes.findIndex((byte, index) => index === 4 || byte !== 0 || bytes[index + 1]! >= 0x80);
  return element(tag, bytes.subarray(first));
}

export function boolean(value: boolean): Buffer {
  return element(0x01, Buffer.from([value ? 0xff : 0]));
}

/** Where the content of the first element starts and ends; undefined while too little has come to say so. */
export function extent(data: Buffer): { readonly start: number; readonly end: number } | undefined {
  const [, first] = data;
  if (first === undefined) return undefined;
  if (first < 0x80) return { start: 2, end: 2 + first };
  const count = first & 0x7f;
  if (count < 1 || count > 4) throw new RangeError('LDAP: a length that no directory sends');
  if (data.length < 2 + count) return undefined;
  return { start: 2 + count, end: 2 + count + data.readUIntBE(2, count) };
}

/** The elements one after the other. Throws a RangeError where the last one is cut off. */
export function readElements(data: Buffer): readonly Element[] {
  const found: Element[] = [];
  for (let rest = data; rest.length > 0; ) {
    const size = extent(rest);
    if (size === undefined || size.end > rest.length) throw new RangeError('LDAP: an element is cut off');
    found.push({ tag: rest[0]!, body: rest.subarray(size.start, size.end) });
    rest = rest.subarray(size.end);
  }
  return found;
}

/** The number that an element's content is. Throws a RangeError for one of more than four bytes, or below 0. */
export function numberOf(body: Buffer): number {
  if (body.length < 1 || body.length > 4 || body[0]! >= 0x80) throw new RangeError('LDAP: not a number');
  return body.readUIntBE(0, body.length);
}
