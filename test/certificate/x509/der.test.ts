import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentOf, element, elements, objectIdentifier, sequence, time } from '../../../src/certificate/x509/der.ts';

test.each([0, 1, 127, 128, 255, 256, 65_535, 65_536])('an element of %d bytes reads as it was written', (size) => {
  const content = Buffer.alloc(size, 7);
  const [first, second] = elements(Buffer.concat([element(0x04, content), sequence()]));
  expect(contentOf(first!).equals(content)).toBe(true);
  expect(second!.toString('hex')).toBe('3000');
});

test('the shortest form of a length is taken (X.690, 10.1)', () => {
  expect(element(0x04, Buffer.alloc(127)).subarray(0, 2).toString('hex')).toBe('047f');
  expect(element(0x04, Buffer.alloc(128)).subarray(0, 3).toString('hex')).toBe('048180');
  expect(element(0x04, Buffer.alloc(256)).subarray(0, 4).toString('hex')).toBe('04820100');
});

test('what is cut off is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(), (content, cut) => {
      const whole = element(0x30, content);
      expect(() => elements(whole.subarray(0, 1 + (cut % (whole.length - 1))))).toThrow(RangeError);
    }),
  );
});

// From RFC 5280 and RFC 5758.
test.each([
  ['2.5.29.19', '0603551d13'],
  ['1.2.840.10045.4.3.2', '06082a8648ce3d040302'],
  ['1.2.840.113549.1.1.11', '06092a864886f70d01010b'],
  ['1.3.6.1.5.5.7.3.1', '06082b06010505070301'],
])('the object identifier %s', (dotted, hex) => expect(objectIdentifier(dotted).toString('hex')).toBe(hex));

test.each([
  ['2049-12-31T23:59:59.999Z', 0x17, '491231235959Z'],
  ['2050-01-01T00:00:00Z', 0x18, '20500101000000Z'],
])('the time %s', (text, tag, written) => {
  const der = time(new Date(text));
  expect([der[0], contentOf(der).toString()]).toEqual([tag, written]);
});
