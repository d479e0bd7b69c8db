import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { refuse, throwFaults } from '../diagnostics/refusal.ts';
import type { Readers } from '../publish/audience/open-reader.ts';
import { type Pin, type ReadFile, readRelease } from '../publish/release-reader.ts';
import { withdrawnWarnings } from '../publish/releases/withdrawn.ts';
import { PROVENANCE, SBOM } from '../release/layout.ts';
import type { ManifestFile } from '../release/manifest.ts';
import type { Target } from '../release/target.ts';
import { type VerifiedBill, verifyBill } from './verify-bill.ts';
import { verifyProvenance } from './verify-provenance.ts';
import { verifySignatures } from './verify-signatures.ts';

/** Which release is compared, and with what. */
export interface ReleaseToVerify extends Readers {
  readonly pin: Pin;
  /** SHA-256 of the manifest as it is known from elsewhere, hex; without it the release is compared with itself alone. */
  readonly manifestSha256?: string;
  /** Public keys as PEM, or their ids: one of them must have signed the release. */
  readonly trustedKeys?: readonly string[];
}

/** A release whose files are all what its manifest says. */
export interface VerifiedRelease {
  readonly version: string;
  readonly manifestSha256: string;
  readonly files: readonly ManifestFile[];
  /** What its bill of materials lists; a release of an older podlaunch has none. */
  readonly bill?: VerifiedBill;
  /** What built it, as its provenance says; a release of an older podlaunch has none. */
  readonly builtBy?: string;
  /** Ids of the keys that signed it. */
  readonly signedBy: readonly string[];
  /** Those of them that have sealed its provenance, too. */
  readonly provenanceSignedBy: readonly string[];
  /** Whether the keys were given: else they are those of the place itself, and prove nothing about who published it. */
  readonly trusted: boolean;
  /** That it was withdrawn, or is not signed. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Reads a complete release, as its audience does, compares every file with the manifest, the bill of materials and the
 * provenance too, and checks who signed that.
 * @throws Refusal PL7006 and PL7007 where these say something else, PL7002 for another manifest than expected, PL4021 and PL4022 for files that were changed or removed, and those of `readRelease` and `verifySignatures`
 */
export async function verifyRelease(
  target: Target,
  { manifestSha256: expected, trustedKeys = [], ...wanted }: ReleaseToVerify,
): Promise<VerifiedRelease> {
  const { manifest, manifestSha256, files, listed, unlisted } = await readRelease(target, wanted, (found, hash) => {
    checkExpected(hash, expected, found.version);
    return found.files;
  });
  const faults = files.flatMap(faultsOf);
  throwFaults(faults.sort((a, b) => (a.message < b.message ? -1 : 1)));
  const { version } = manifest;
  const fileOf = (name: string) => {
    const found = files.find(({ path }) => path === name);
    return found && 'bytes' in found ? found : undefined;
  };
  const check = <T>(name: string, compare: (bytes: Uint8Array, listed: readonly ManifestFile[], url: string) => T) => {
    const found = fileOf(name);
    return found && compare(found.bytes, manifest.files, found.url);
  };
  const [bill, builtBy] = [check(SBOM, verifyBill), check(PROVENANCE, verifyProvenance)];
  const signed = { version, manifestSha256, provenance: fileOf(PROVENANCE)?.bytes };
  const signatures = await verifySignatures(target, wanted, signed, trustedKeys);
  const warnings = [...withdrawnWarnings(listed), ...unlisted, ...signatures.warnings];
  return {
    version,
    manifestSha256,
    files: manifest.files,
    ...(bill && { bill }),
    ...(builtBy !== undefined && { builtBy }),
    ...signatures,
    warnings,
  };
}

function checkExpected(actual: string, expected: string | undefined, version: string): void {
  if (expected === undefined || expected.toLowerCase() === actual) return;
  throw refuse({
    code: 'PL7002',
    message: `The manifest of release ${version} has the SHA-256 ${actual}, not ${expected}.`,
    hint: 'Do not launch it, and tell its publisher. Compare with a number that you did not get from the same bucket, such as the release notes.',
  });
}

function faultsOf(file: ReadFile): readonly Diagnostic[] {
  const hint = 'Do not launch this release, and tell its publisher.';
  if ('changed' in file)
    return [error({ code: 'PL4021', message: `${file.url} is not what the manifest says.`, hint })];
  if ('unreadable' in file)
    return [error({ code: 'PL4022', message: `${file.url} cannot be read: ${file.unreadable}.`, hint })];
  return [];
}
