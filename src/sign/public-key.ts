import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { refuse } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import type { ReleaseKey } from './release-key.ts';

/**
 * A public key of PEM, DER or a key of node:crypto: Ed25519, or ECDSA on P-256 with SHA-256.
 * @param name how a message names it
 * @throws Refusal PL7104 for anything else, a private key included
 */
export function publicKey(given: string | Uint8Array | KeyObject, name: string): ReleaseKey {
  const key = keyObject(given);
  const algorithm = key && algorithmOf(key);
  if (!key || !algorithm) {
    throw refuse({
      code: 'PL7104',
      message: `${name} is not a public key of Ed25519 or ECDSA P-256.`,
      hint: 'Give a file that begins with -----BEGIN PUBLIC KEY-----. To make one of a private key: openssl pkey -in KEY.pem -pubout.',
    });
  }
  return {
    keyId: sha256(key.export({ type: 'spki', format: 'der' })),
    pem: key.export({ type: 'spki', format: 'pem' }).toString(),
    algorithm,
    verifies: (bytes, signature) => verify(HASH[algorithm], bytes, key, signature),
  };
}

/** The hash of each algorithm as node:crypto names it; Ed25519 hashes by itself. */
export const HASH = { ed25519: null, 'ecdsa-p256': 'sha256' } as const;

/** The algorithm of a key; undefined for one that podlaunch takes no signatures of. */
export function algorithmOf({
  asymmetricKeyType,
  asymmetricKeyDetails,
}: KeyObject): ReleaseKey['algorithm'] | undefined {
  if (asymmetricKeyType === 'ed25519') return 'ed25519';
  return asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'ecdsa-p256' : undefined;
}

function keyObject(given: string | Uint8Array | KeyObject): KeyObject | undefined {
  try {
    if (typeof given === 'string') return given.includes('PRIVATE KEY') ? undefined : createPublicKey(given);
    if (given instanceof Uint8Array) return createPublicKey({ key: Buffer.from(given), format: 'der', type: 'spki' });
    return given.type === 'public' ? given : undefined;
  } catch {
    return undefined;
  }
}
