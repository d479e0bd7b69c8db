import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { obfuscatePassword } from '../../src/password/obfuscate.ts';
import { codesOf } from '../support/refused.ts';
import { reveal } from './reveal.ts';

const counting = (size: number) => Buffer.from(Array.from({ length: size }, (_, i) => i));

test('known bytes: method, length, key, IV, ciphertext, sentinel', () => {
  const bytes = Buffer.from(obfuscatePassword('Passw0rd!', counting), 'base64');
  expect(bytes.toString('hex')).toBe(
    [
      '0000',
      '1000',
      '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
      '000102030405060708090a0b0c0d0e0f',
      '55f713bf4ec4cfe4a9dee78e33010c6b',
      '00010203',
    ].join(''),
  );
});

test('SSSD reads back what was given, whatever the characters and the length', () => {
  const password = fc.string({ minLength: 1, maxLength: 250, unit: 'binary' }).filter((text) => !/[\0\r\n]/.test(text));
  fc.assert(fc.property(password, (text) => reveal(obfuscatePassword(text)) === text));
});

test('no two are alike', () => {
  expect(obfuscatePassword('a')).not.toBe(obfuscatePassword('a'));
});

describe('refused', () => {
  test.each([
    ['nothing', '', 'PL6001'],
    ['a NUL', 'a\0b', 'PL6002'],
    ['two lines', 'a\nb', 'PL6002'],
    ['half a character', 'a\ud800', 'PL6002'],
    ['a whole file', 'a'.repeat(1025), 'PL6002'],
  ])('%s', (_, password, code) => {
    expect(codesOf(() => obfuscatePassword(password))).toEqual([code]);
  });
});
