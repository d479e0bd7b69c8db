import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFragment, writeFragment } from '../../../src/launch/lines/fragment.ts';

test('what is written is read again, whatever the values are', () => {
  const values = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 5, noNullPrototype: true });
  fc.assert(
    fc.property(fc.string(), values, (region, given) => {
      expect(readFragment(`#${writeFragment({ region, values: given })}`)).toEqual({ region, values: given });
    }),
  );
});

test('nothing chosen is no fragment; what is unknown or far too long is not read', () => {
  expect(writeFragment({ values: {} })).toBe('');
  expect(readFragment('#x=1&bucket=evil&p.__proto__=y').values).toEqual(Object.fromEntries([['__proto__', 'y']]));
  expect(readFragment(`#region=${'a'.repeat(9000)}`)).toEqual({ values: {} });
});
