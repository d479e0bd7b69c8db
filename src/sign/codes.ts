import type { CodeTable } from '../diagnostics/codes.ts';

/** Codes of signatures and the keys that make them. */
export const CODES: CodeTable = {
  PL7101: 'The signing key is not one that podlaunch can sign with.',
  PL7102: 'The signing key is locked, and its passphrase is missing or wrong.',
  PL7103: 'KMS cannot be asked to sign.',
  PL7104: 'A public key is not one that signatures are checked with.',
  PL7105: 'keys.json cannot be read: something else wrote there, or a part of it is missing.',
  PL7106: 'The key was withdrawn.',
  PL7107: 'A signature is not one of the release: it was changed, or belongs to another.',
  PL7108: 'The release has no signature by a key that is trusted.',
  PL7109: 'The place has no such key.',
  PL7110: 'Nobody knows whether a key was withdrawn: keys.json does not list it, or cannot be read.',
};
