import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable, printableJson, printableLines } from '../../src/diagnostics/printable.ts';

const STEERING = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

test('escape sequences lose their escape; tabs stay, and line breaks where there are lines', () => {
  expect(printable('a\tb\x1b]0;x\x07\x9b2J\u202e\n')).toBe('a\tb\ufffd]0;x\ufffd\ufffd2J\ufffd\ufffd');
  expect(printableLines('a\r\n\x1b[2Jb\n')).toBe('a\ufffd\n\ufffd[2Jb\n');
});

test('JSON means the same as before, and steers no terminal', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const json = printableJson(value);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(json).not.toMatch(STEERING);
    }),
  );
  expect(printableJson('\x9b\x7f\u202e')).toBe('"\\u009b\\u007f\\u202e"');
});
