import { type Diagnostic, warning } from '../diagnostics/diagnostic.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { openReader, type Readers, type ReleaseReader } from '../publish/audience/open-reader.ts';
import { readKeyList } from '../publish/read-key-list.ts';
import { keyWithdrawn } from '../publish/stored-keys.ts';
import { KEYS, releasePrefix } from '../release/layout.ts';
import type { Target } from '../release/target.ts';
import type { Withdrawal } from '../release/withdrawal.ts';
import { publicKey } from '../sign/public-key.ts';
import type { ReleaseKey } from '../sign/release-key.ts';
import { type ReleaseToSign, type SignedFile, signedManifest, signedProvenance } from '../sign/signed-file.ts';
import type { SignedRelease } from '../sign/statement.ts';
import { type KeyList, listedKey, releaseKeyOf } from '../sign/trusted-keys.ts';

/** Who signed a release. */
export interface VerifiedSignatures {
  /** Ids of the keys whose signature is good. */
  readonly signedBy: readonly string[];
  /** Those of them that have sealed its provenance, too. */
  readonly provenanceSignedBy: readonly string[];
  /** Whether the keys were given, and not taken from where the release is: only then a signature proves who published it. */
  readonly trusted: boolean;
  /** That nobody signed it, although the place has keys, or that nobody knows whether the key was withdrawn. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Checks the signatures of a release.
 * @param trusted public keys as PEM, or their ids: the release must be signed by one of them. Without any, the keys of
 *   the place itself are taken
 * @throws Refusal PL7108 when no trusted key signed it, PL7107 for a signature that is not of this release, PL7106 when
 *   the only key was withdrawn, PL7109 for an id that keys.json does not list, PL7104, PL7105
 */
export async function verifySignatures(
  target: Target,
  readers: Readers,
  release: ReleaseToSign,
  trusted: readonly string[],
): Promise<VerifiedSignatures> {
  const reader = await openReader(target, readers);
  try {
    const listed = await readKeyList(reader);
    const keys =
      trusted.length > 0
        ? trusted.map((key) => trustedKey(key, listed))
        : listed.keys.map((key) => releaseKeyOf(key.publicKey));
    const withdrawnOf = ({ keyId }: ReleaseKey) => listedKey(listed, keyId)?.withdrawn;
    const valid = keys.filter((key) => withdrawnOf(key) === undefined);
    const signers = await signersOf(reader, release, valid, (key) => signedManifest(release, key));
    const { provenance } = release;
    const sealers = provenance
      ? await signersOf(reader, release, signers, (key) => signedProvenance(provenance, key))
      : [];
    const [signedBy, provenanceSignedBy] = [idsOf(signers), idsOf(sealers)];
    if (trusted.length > 0 && signedBy.length === 0) throw notTrusted(release, keys, withdrawnOf);
    const warnings = [
      ...(signedBy.length === 0 && keys.length > 0 ? [unsigned(release)] : []),
      ...(isCopy(target) ? [] : signedBy.filter((keyId) => listedKey(listed, keyId) === undefined).map(unlisted)),
    ];
    return { signedBy, provenanceSignedBy, trusted: trusted.length > 0, warnings };
  } finally {
    reader.close();
  }
}

function trustedKey(given: string, listed: KeyList): ReleaseKey {
  if (!/^[0-9a-f]{64}$/i.test(given)) return publicKey(given, 'The trusted key');
  const key = listedKey(listed, given.toLowerCase());
  if (key) return releaseKeyOf(key.publicKey);
  throw refuse({
    code: 'PL7109',
    message: `${KEYS} does not list the key ${given}.`,
    hint: 'Give the file of the public key instead: --key release-key.pub.pem. If the publisher named this key, do not launch, and ask them.',
  });
}

function idsOf(keys: readonly ReleaseKey[]): readonly string[] {
  return keys.map(({ keyId }) => keyId);
}

/** Which of the keys have signed a file of the release. */
async function signersOf(
  { read, url }: ReleaseReader,
  { version }: SignedRelease,
  keys: readonly ReleaseKey[],
  fileOf: (key: ReleaseKey) => SignedFile,
): Promise<readonly ReleaseKey[]> {
  const signed = await Promise.all(
    keys.map(async (key) => {
      const { path, limit, check } = fileOf(key);
      const place = releasePrefix(version) + path;
      const { status, bytes } = await read(place, limit);
      if (status === 200) check(bytes, url(place));
      return status === 200;
    }),
  );
  return keys.filter((_, at) => signed[at]);
}

function notTrusted(
  { version }: SignedRelease,
  keys: readonly ReleaseKey[],
  withdrawnOf: (key: ReleaseKey) => Withdrawal | undefined,
): Error {
  const gone = keys.find(withdrawnOf);
  if (gone) return keyWithdrawn(gone.keyId, withdrawnOf(gone)!);
  return refuse({
    code: 'PL7108',
    message: `Release ${version} is not signed by ${keys.length === 1 ? `the key ${keys[0]!.keyId}` : 'any of the keys that are trusted'}.`,
    hint: 'Do not launch it, and ask its publisher. A publisher signs it with: podlaunch sign VERSION.',
  });
}

/** Whether a folder has one release alone: keys.json is not in it. */
function isCopy(target: Target): boolean {
  return target.kind === 'folder' && target.onlyVersion !== undefined;
}

/** Signing lists a key before it signs with it: where it is not listed, keys.json was changed, or cannot be read. */
function unlisted(keyId: string): Diagnostic {
  return warning({
    code: 'PL7110',
    message: `${KEYS} does not list the key ${keyId}, or cannot be read. Whether the key was withdrawn is not known.`,
    hint: 'Ask the publisher whether the key is still good, and who has changed the list.',
  });
}

function unsigned({ version }: SignedRelease): Diagnostic {
  return warning({
    code: 'PL7108',
    message: `Release ${version} is not signed by a key that counts, although keys.json lists keys.`,
    hint: 'Ask its publisher. A publisher signs it with: podlaunch sign VERSION.',
  });
}
