/** A key that signatures are checked with. */
export interface ReleaseKey {
  /** SHA-256 of the key as SubjectPublicKeyInfo (DER), hex: what names it everywhere. */
  readonly keyId: string;
  /** The same as PEM, which openssl and others read. */
  readonly pem: string;
  readonly algorithm: 'ed25519' | 'ecdsa-p256';
  /** Whether a signature is this key's over the bytes. */
  verifies(bytes: Uint8Array, signature: Uint8Array): boolean;
}
