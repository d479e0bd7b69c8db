import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { Refusal, refuse } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import { openReader, type Pin, type Readers, readPinned, whyNotRead } from '../publish/release-reader.ts';
import { releasePrefix } from '../release/layout.ts';
import type { ManifestFile } from '../release/manifest.ts';
import type { S3Target } from '../release/target.ts';

/** Which release is compared, and with what. */
export interface ReleaseToVerify extends Readers {
  readonly pin: Pin;
  /** SHA-256 of the manifest as it is known from elsewhere, hex; without it the release is compared with itself alone. */
  readonly manifestSha256?: string;
}

/** A release whose files are all what its manifest says. */
export interface VerifiedRelease {
  readonly version: string;
  readonly manifestSha256: string;
  readonly files: readonly ManifestFile[];
}

/**
 * Reads a whole release, as its audience does, and compares every file with the manifest.
 * @throws Refusal PL7002 for another manifest than expected, PL4021 and PL4022 for files that were changed or removed, and those of `readPinned`
 */
export async function verifyRelease(target: S3Target, wanted: ReleaseToVerify): Promise<VerifiedRelease> {
  const reader = await openReader(target, wanted);
  try {
    const { manifest, manifestSha256 } = await readPinned(reader, wanted.pin);
    const { version, files } = manifest;
    checkExpected(manifestSha256, wanted.manifestSha256, version);
    const faults: Diagnostic[] = [];
    await inParallel(files, AT_A_TIME, async (file) => {
      const key = releasePrefix(version) + file.path;
      const { status, bytes } = await reader.read(key, file.size);
      if (status === 200 && bytes !== 'larger' && sha256(bytes) === file.sha256) return;
      faults.push(fault(reader.url(key), status));
    });
    if (faults.length > 0) throw new Refusal(faults.sort((a, b) => (a.message < b.message ? -1 : 1)));
    return { version, manifestSha256, files };
  } finally {
    reader.close();
  }
}

function checkExpected(actual: string, expected: string | undefined, version: string): void {
  if (expected === undefined || expected.toLowerCase() === actual) return;
  throw refuse({
    code: 'PL7002',
    message: `The manifest of release ${version} has the SHA-256 ${actual}, not ${expected}.`,
    hint: 'Do not launch it, and tell its publisher. Compare with a number that you did not get from the same bucket, such as the release notes.',
  });
}

function fault(url: string, status: number): Diagnostic {
  const hint = 'Do not launch this release, and tell its publisher.';
  if (status === 200) return error({ code: 'PL4021', message: `${url} is not what the manifest says.`, hint });
  return error({ code: 'PL4022', message: `${url} cannot be read: ${whyNotRead(status)}.`, hint });
}
