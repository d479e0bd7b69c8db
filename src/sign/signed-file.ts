import { PROVENANCE, provenanceSignaturePath, signaturePath } from '../release/layout.ts';
import { ENVELOPE_BYTES, opened, openedBytes, PROVENANCE_ENVELOPE_BYTES } from './envelope.ts';
import { notSigned } from './not-signed.ts';
import type { ReleaseKey } from './release-key.ts';
import { checkStatement, releaseStatement, type SignedRelease } from './statement.ts';

/** A release as a key signs it. */
export interface ReleaseToSign extends SignedRelease {
  /** The bytes of its provenance; a release of an older podlaunch has none. */
  readonly provenance: Uint8Array | undefined;
}

/** An envelope beside a release: where it is, what it says, and how it is checked. */
export interface SignedFile {
  /** Below the release. */
  readonly path: string;
  /** More bytes than this it never has. */
  readonly limit: number;
  readonly statement: string | Uint8Array;
  /**
   * Checks what was found there.
   * @param place how a message names it
   * @throws Refusal PL7107 where the key has not signed this statement
   */
  check(envelope: Uint8Array | 'larger', place: string): void;
}

/** The envelope of a key that says which manifest is the release's: without it the key has not signed the release. */
export function signedManifest(release: SignedRelease, key: ReleaseKey): SignedFile {
  return {
    path: signaturePath(key.keyId),
    limit: ENVELOPE_BYTES,
    statement: releaseStatement(release),
    check: (envelope, place) => checkStatement(opened(envelope, key, place), release, place),
  };
}

/** The envelope of a key around the provenance of a release, for tools that read provenance alone. */
export function signedProvenance(provenance: Uint8Array, key: ReleaseKey): SignedFile {
  return {
    path: provenanceSignaturePath(key.keyId),
    limit: PROVENANCE_ENVELOPE_BYTES,
    statement: provenance,
    check(envelope, place) {
      if (openedBytes(envelope, key, place).equals(provenance)) return;
      throw notSigned(place, `it says something else than ${PROVENANCE}`);
    },
  };
}
