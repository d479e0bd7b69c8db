import { randomBytes } from 'node:crypto';

/**
 * A password of 36 characters with characters of all four classes. It has only letters, digits, `-`, `_` and `!`: nothing
 * that SSSD's file, JSON or a simple bind would change.
 */
export function randomPassword(): string {
  return `Aa1!${randomBytes(24).toString('base64url')}`;
}
