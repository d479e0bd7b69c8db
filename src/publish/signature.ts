import { refuse } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import { releasePrefix, signaturePath } from '../release/layout.ts';
import { releaseFile } from '../release/release-file.ts';
import { ENVELOPE_BYTES, opened, sealed } from '../sign/envelope.ts';
import type { ReleaseSigner } from '../sign/signer.ts';
import { checkStatement, releaseStatement, type SignedRelease } from '../sign/statement.ts';
import type { ReleaseReaders } from './audience/release-readers.ts';
import { moment } from './releases/moment.ts';
import { addKey } from './stored-keys.ts';
import type { Store } from './stores/store.ts';

/**
 * Signs a complete release: lists the key in keys.json, and writes the signature beside the manifest, once. One that is
 * there already is checked instead; an ECDSA signature is another each time.
 * @returns the file of the signature, as readers must find it
 * @throws Refusal PL7106 for a key that was withdrawn, PL7107 for a signature that is there and is none, PL7105, PL4059
 */
export async function signRelease(
  store: Store,
  release: SignedRelease,
  signer: ReleaseSigner,
  now: () => Date,
): Promise<ReleaseReaders['files'][number]> {
  await addKey(store, signer.publicKey, moment(now()));
  const path = signaturePath(signer.publicKey.keyId);
  const key = releasePrefix(release.version) + path;
  const there = (await store.get(key, ENVELOPE_BYTES)) ?? (await written());
  const place = `${store.name}/${key}`;
  if (there === undefined) throw removed(place);
  const bytes = there === 'larger' ? there : there.bytes;
  checkStatement(opened(bytes, signer.publicKey, place), release, place);
  return { path, sha256: sha256(bytes as Uint8Array), size: bytes.length };

  /** Writes the signature, and reads what is there then: another run may have written its own. */
  async function written() {
    await store.putIfAbsent(key, releaseFile(path, await sealed(releaseStatement(release), signer)));
    return store.get(key, ENVELOPE_BYTES);
  }
}

function removed(place: string): Error {
  return refuse({
    code: 'PL4022',
    message: `${place} was written, and then was not there.`,
    hint: 'Something removes files there. Stop it, and run the command again.',
  });
}
