import { createCipheriv, randomBytes } from 'node:crypto';
import { refuse } from '../diagnostics/refusal.ts';

/** Number of SSSD's method AES_256, the only one it has. */
const AES_256 = 0;
const KEY_BYTES = 32;
const IV_BYTES = 16;
const SENTINEL = Buffer.from([0, 1, 2, 3]);

/** Longer than any directory takes, and short enough for the 16 bits of the length. */
const MAX_BYTES = 1024;

/**
 * Obfuscates a password as `sss_obfuscate` does, for SSSD's `ldap_default_authtok` with `ldap_default_authtok_type =
 * obfuscated_password`. The key is beside the text that it hides: this keeps the password from a glance, not from
 * a reader. Layout, from SSSD's crypto_obfuscate.c, integers little-endian: u16 method, u16 length of the ciphertext,
 * key, IV, ciphertext (AES-256-CBC with PKCS#7 padding, of the password and a NUL), sentinel; all in base64.
 * @param random gives as many random bytes as it is asked for
 * @throws Refusal PL6001 for an empty password, PL6002 for one that SSSD could not use
 */
export function obfuscatePassword(password: string, random: (size: number) => Uint8Array = randomBytes): string {
  checkPassword(password);
  const key = random(KEY_BYTES);
  const iv = random(IV_BYTES);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const ciphertext = Buffer.concat([cipher.update(`${password}\0`, 'utf8'), cipher.final()]);
  const head = Buffer.alloc(4);
  head.writeUInt16LE(AES_256, 0);
  head.writeUInt16LE(ciphertext.length, 2);
  return Buffer.concat([head, key, iv, ciphertext, SENTINEL]).toString('base64');
}

function checkPassword(password: string): void {
  if (password === '') {
    const hint = 'Type it at the prompt, or pipe it in: podlaunch password obfuscate < FILE.';
    throw refuse({ code: 'PL6001', message: 'The password is empty.', hint });
  }
  const unfit = (what: string, hint: string) => refuse({ code: 'PL6002', message: `The password ${what}.`, hint });
  if (password.includes('\0'))
    throw unfit('contains a NUL byte', 'Check that the file is text in UTF-8, without NULs.');
  if (/[\r\n]/.test(password)) throw unfit('has more than one line', 'Pipe in the password alone.');
  if (/[\ud800-\udfff]/u.test(password)) throw unfit('is not text', 'Save the file as UTF-8.');
  const bytes = Buffer.byteLength(password);
  if (bytes > MAX_BYTES) throw unfit(`has ${bytes} bytes, more than ${MAX_BYTES}`, 'Is it the right file?');
}
