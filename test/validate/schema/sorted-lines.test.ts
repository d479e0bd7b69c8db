import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineOf } from '../../../src/validate/schema/sorted-lines.ts';

const word = fc.stringMatching(/^[A-Za-z0-9:]{1,6}$/);

test('each line is found by its word, and no other, wherever the first of them begins', () => {
  fc.assert(
    fc.property(fc.uniqueArray(word), fc.uniqueArray(word), fc.boolean(), (words, others, ends) => {
      const sorted = words.toSorted().map((one, index) => `${one} ${'x '.repeat(index)}${index}`);
      const bytes = Buffer.from(`Where they come from.\n${sorted.join('\n')}${ends ? '\n' : ''}`);
      const found = (one: string) => lineOf(bytes, one, bytes.indexOf('\n') + 1);
      words.toSorted().forEach((one, index) => {
        expect(found(one)).toBe(`${'x '.repeat(index)}${index}`);
      });
      for (const other of others) if (!words.includes(other)) expect(found(other)).toBeUndefined();
    }),
  );
});

test('nothing is found in nothing', () => {
  expect(lineOf(Buffer.alloc(0), 'a')).toBeUndefined();
});
