import { PROVENANCE, releasePrefix } from '../release/layout.ts';
import type { Manifest } from '../release/manifest.ts';
import type { Target } from '../release/target.ts';
import type { ReleaseSigner } from '../sign/signer.ts';
import { checkComplete } from './check-complete.ts';
import { publishedRelease } from './published-release.ts';
import { storedHistory } from './releases/update-history.ts';
import { checkSameVersion } from './same-version.ts';
import { signRelease } from './signature.ts';
import { openTarget } from './stores/open-store.ts';
import type { Store } from './stores/store.ts';

/** How a published release is signed. */
export interface SignOptions {
  /** Account that must own the bucket. Default: none is asked for. */
  readonly expectedBucketOwner?: string;
  /** The clock of who signs it. Default: the machine's. */
  readonly now?: () => Date;
}

/** What was signed. */
export interface SignedResult {
  readonly version: string;
  readonly manifestSha256: string;
  readonly keyId: string;
}

/**
 * Signs a release that is published already, after reading all of it: with a first key, or with a new one beside the old.
 * @throws Refusal PL4023 when there is no such release, PL4021 and PL4022 when it is not complete, PL4026 when it was
 *   rewritten, PL7106 for a key that was withdrawn, PL7107 for a signature that is there and is none
 */
export async function signPublished(
  version: string,
  target: Target,
  signer: ReleaseSigner,
  { expectedBucketOwner, now = () => new Date() }: SignOptions = {},
): Promise<SignedResult> {
  const { store } = await openTarget(target, expectedBucketOwner);
  try {
    const [{ manifest, manifestSha256 }, history] = await Promise.all([
      publishedRelease(store, version),
      storedHistory(store),
    ]);
    await checkSameVersion(store, { version, manifestSha256 }, undefined, history);
    await checkComplete(store, manifest);
    const provenance = await provenanceOf(store, manifest);
    await signRelease(store, { version, manifestSha256, provenance }, signer, now);
    return { version, manifestSha256, keyId: signer.publicKey.keyId };
  } finally {
    store.close();
  }
}

/** The bytes of a complete release's provenance; undefined where it has none. */
async function provenanceOf(store: Store, { version, files }: Manifest): Promise<Uint8Array | undefined> {
  const listed = files.find(({ path }) => path === PROVENANCE);
  const file = listed && (await store.get(releasePrefix(version) + PROVENANCE, listed.size));
  return file === 'larger' ? undefined : file?.bytes;
}
