import { refuse } from '../diagnostics/refusal.ts';
import { PROVENANCE, SBOM } from '../release/layout.ts';
import type { ManifestFile } from '../release/manifest.ts';
import { fields, parseJson } from '../release/read-json.ts';
import { listFault } from './list-fault.ts';

/** What the bill of materials of a release lists. */
export interface VerifiedBill {
  /** Files that the release carries. */
  readonly files: number;
  /** Packages and data that it was built with. */
  readonly components: number;
}

/**
 * Compares a bill of materials with the manifest: it must be one of CycloneDX, and list the files of the release with
 * their hashes. What it says of packages nobody can compare here.
 * @param files as the manifest lists them
 * @param place how a message names the bill
 * @throws Refusal PL7006 where it says anything else
 */
export function verifyBill(bytes: Uint8Array, files: readonly ManifestFile[], place: string): VerifiedBill {
  const { bomFormat, specVersion, components } = fields(parseJson(bytes));
  if (bomFormat !== 'CycloneDX' || typeof specVersion !== 'string' || !Array.isArray(components))
    throw faulty(place, 'is not one of CycloneDX');
  const carried = components.map(fields).filter(({ type }) => type === 'file');
  const wanted = files.filter(({ path }) => path !== SBOM && path !== PROVENANCE);
  const listed = carried.map(({ name, hashes }) => [name, sha256Of(hashes)] as const);
  const fault = listFault(listed, wanted);
  if (fault !== undefined) throw faulty(place, fault);
  return { files: carried.length, components: components.length - carried.length };
}

function sha256Of(hashes: unknown): unknown {
  const found = Array.isArray(hashes) ? hashes.map(fields).find(({ alg }) => alg === 'SHA-256') : undefined;
  return found?.['content'];
}

function faulty(place: string, what: string): Error {
  return refuse({
    code: 'PL7006',
    message: `The bill of materials ${place} ${what}.`,
    hint: 'Do not launch this release, and tell its publisher.',
  });
}
