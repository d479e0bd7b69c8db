import { createDecipheriv } from 'node:crypto';
import { expect } from 'vitest';

/** What SSSD's sss_password_decrypt does with an obfuscated password. Fails the test where the layout is another. */
export function reveal(token: string): string {
  const bytes = Buffer.from(token, 'base64');
  expect(bytes.toString('base64')).toBe(token);
  const size = bytes.readUInt16LE(2);
  expect(bytes.readUInt16LE(0)).toBe(0);
  expect(size % 16).toBe(0);
  expect(bytes.subarray(52 + size).toString('hex')).toBe('00010203');
  const decipher = createDecipheriv('aes-256-cbc', bytes.subarray(4, 36), bytes.subarray(36, 52));
  const plain = Buffer.concat([decipher.update(bytes.subarray(52, 52 + size)), decipher.final()]);
  expect(plain.indexOf(0)).toBe(plain.length - 1);
  return plain.subarray(0, -1).toString('utf8');
}
