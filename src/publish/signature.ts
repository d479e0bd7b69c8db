import { refuse } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import { releasePrefix } from '../release/layout.ts';
import { releaseFile } from '../release/release-file.ts';
import { canSeal, sealed } from '../sign/envelope.ts';
import { type ReleaseToSign, type SignedFile, signedManifest, signedProvenance } from '../sign/signed-file.ts';
import type { ReleaseSigner } from '../sign/signer.ts';
import type { ReleaseReaders } from './audience/release-readers.ts';
import { moment } from './releases/moment.ts';
import { addKey } from './stored-keys.ts';
import type { Store } from './stores/store.ts';

/**
 * Signs a complete release: lists the key in keys.json, and writes the signature and the sealed provenance beside the
 * manifest, once. What is there already is checked instead; an ECDSA signature is another each time. A provenance that
 * the key cannot sign, for its length, stays unsealed.
 * @returns the files that were signed, as readers must find them
 * @throws Refusal PL7106 for a key that was withdrawn, PL7107 for a signature that is there and is none, PL7105, PL4059
 */
export async function signRelease(
  store: Store,
  release: ReleaseToSign,
  signer: ReleaseSigner,
  now: () => Date,
): Promise<ReleaseReaders['files']> {
  const { publicKey } = signer;
  await addKey(store, publicKey, moment(now()));
  const { provenance } = release;
  const seals = provenance !== undefined && canSeal(provenance, signer);
  const files = [signedManifest(release, publicKey), ...(seals ? [signedProvenance(provenance, publicKey)] : [])];
  return Promise.all(files.map((file) => signFile(store, releasePrefix(release.version), file, signer)));
}

/** Writes an envelope unless it is there, and reads what is there then: another run may have written its own. */
async function signFile(
  store: Store,
  prefix: string,
  { path, limit, statement, check }: SignedFile,
  signer: ReleaseSigner,
) {
  const key = prefix + path;
  const place = `${store.name}/${key}`;
  const written = async () => {
    await store.putIfAbsent(key, releaseFile(path, await sealed(statement, signer)));
    return store.get(key, limit);
  };
  const there = (await store.get(key, limit)) ?? (await written());
  if (there === undefined) throw removed(place);
  const bytes = there === 'larger' ? there : there.bytes;
  check(bytes, place);
  return { path, sha256: sha256(bytes as Uint8Array), size: bytes.length };
}

function removed(place: string): Error {
  return refuse({
    code: 'PL4022',
    message: `${place} was written, and then was not there.`,
    hint: 'Something removes files there. Stop it, and run the command again.',
  });
}
