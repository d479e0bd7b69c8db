import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { refuse } from '../diagnostics/refusal.ts';
import { algorithmOf, HASH, publicKey } from './public-key.ts';
import type { ReleaseKey } from './release-key.ts';

/** A key that signs. */
export interface ReleaseSigner {
  readonly publicKey: ReleaseKey;
  /** A longer message it does not sign. */
  readonly maxBytes: number;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/**
 * A signer with a private key of PEM: Ed25519 or ECDSA P-256, as `openssl genpkey` makes them.
 * @param name how messages name the file; nothing of its content is shown
 * @param passphrase asked where the key is locked
 * @throws Refusal PL7101 for a key that is none, PL7102 without the right passphrase
 */
export async function offlineSigner(
  pem: string,
  name: string,
  passphrase?: () => Promise<string | undefined>,
): Promise<ReleaseSigner> {
  const key = /ENCRYPTED/.test(pem) ? unlocked(pem, name, await passphrase?.()) : privateKey(pem);
  const algorithm = key && algorithmOf(key);
  if (!key || !algorithm) {
    throw refuse({
      code: 'PL7101',
      message: `${name} is not a private key of Ed25519 or ECDSA P-256.`,
      hint: 'Make one: openssl genpkey -algorithm ed25519 -aes256 -out release-key.pem. Keep it out of the repository.',
    });
  }
  return {
    publicKey: publicKey(createPublicKey(key), name),
    maxBytes: Number.POSITIVE_INFINITY,
    sign: async (bytes) => sign(HASH[algorithm], bytes, key),
  };
}

function unlocked(pem: string, name: string, passphrase: string | undefined): KeyObject {
  const key = passphrase === undefined ? undefined : privateKey(pem, passphrase);
  if (key) return key;
  throw refuse({
    code: 'PL7102',
    message: `${name} is locked, and ${passphrase === undefined ? 'no passphrase was given' : 'the passphrase does not open it'}.`,
    hint: 'Set PODLAUNCH_SIGNING_PASSPHRASE, or run the command at a terminal: it asks.',
  });
}

function privateKey(pem: string, passphrase?: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: pem, format: 'pem', ...(passphrase !== undefined && { passphrase }) });
  } catch {
    return undefined;
  }
}
