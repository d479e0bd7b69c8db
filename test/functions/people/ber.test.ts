import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { element } from '../../../src/certificate/x509/der.ts';
import {
  type Element,
  extent,
  integer,
  numberOf,
  octets,
  readElements,
} from '../../../src/functions/people/ldap/ber.ts';

/** Of lengths that are written with one to three bytes, and of those where one more begins to be needed. */
const length = fc.oneof(fc.nat(70_000), fc.constantFrom(0, 127, 128, 255, 256, 65_535, 65_536));
const anyElement = fc
  .record({ tag: fc.nat(255), length, fill: fc.nat(255) })
  .map((one) => ({ tag: one.tag, body: Buffer.alloc(one.length, one.fill) }));
const written = ({ tag, body }: { readonly tag: number; readonly body: Uint8Array }) => element(tag, body);

describe('elements', () => {
  test('what is written is read', () => {
    fc.assert(
      fc.property(fc.array(anyElement, { maxLength: 5 }), (list) => {
        const read = readElements(Buffer.concat(list.map(written)));
        expect(read.map(({ tag }) => tag)).toEqual(list.map(({ tag }) => tag));
        expect(read.every(({ body }, at) => body.equals(list[at]!.body))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('where one is cut off is said, wherever that is', () => {
    fc.assert(
      fc.property(anyElement, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (one, part) => {
        const whole = written(one);
        const cut = whole.subarray(0, Math.max(1, Math.floor(whole.length * part)));
        const size = extent(cut);
        expect(size === undefined || size.end > cut.length).toBe(true);
        expect(() => readElements(cut)).toThrow(RangeError);
        expect(extent(whole)!.end).toBe(whole.length);
      }),
    );
  });

  test('whatever comes is read or refused, and nothing else happens', () => {
    const walk = (data: Buffer, depth = 0): readonly Element[] =>
      readElements(data).flatMap((one) => [one, ...(one.tag & 0x20 && depth < 9 ? walk(one.body, depth + 1) : [])]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          walk(Buffer.from(bytes));
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(['3080', '3085000000000100', '30ff'])('%s has a length that no directory sends', (hex) => {
    expect(() => extent(Buffer.from(hex, 'hex'))).toThrow(RangeError);
  });
});

describe('numbers', () => {
  test('are written in as few bytes as can be, and read again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (number) => {
        const [{ body }] = readElements(integer(number)) as [Element];
        expect(numberOf(body)).toBe(number);
        expect(body.length).toBe(Math.max(1, Math.ceil((Math.floor(Math.log2(number || 1)) + 2) / 8)));
      }),
    );
  });

  test.each([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [256, '02020100'],
    [32_768, '0203008000'],
    [2 ** 31 - 1, '02047fffffff'],
  ])('%d is %s (X.690, 8.3)', (number, hex) => expect(integer(number).toString('hex')).toBe(hex));

  test.each(['', '80', '0000000001'])('%s is refused', (hex) => {
    expect(() => numberOf(Buffer.from(hex, 'hex'))).toThrow(RangeError);
  });
});

test('text is UTF-8, and bytes are bytes', () => {
  expect(octets('zoë').toString('hex')).toBe('04047a6fc3ab');
  expect(octets(Buffer.from([0, 255]), 0x80).toString('hex')).toBe('800200ff');
});
