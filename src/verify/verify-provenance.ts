import { refuse } from '../diagnostics/refusal.ts';
import { PROVENANCE } from '../release/layout.ts';
import type { ManifestFile } from '../release/manifest.ts';
import { fields, isOneLine, parseJson } from '../release/read-json.ts';
import { listFault } from './list-fault.ts';

/**
 * Compares a provenance with the manifest: it must be a statement about the files of the release with their hashes.
 * @param files as the manifest lists them
 * @param place how a message names it
 * @returns what built the release, as a package URL
 * @throws Refusal PL7007 where it says anything else
 */
export function verifyProvenance(bytes: Uint8Array, files: readonly ManifestFile[], place: string): string {
  const { _type, predicateType, subject, predicate } = fields(parseJson(bytes));
  const builder = fields(fields(fields(predicate)['runDetails'])['builder'])['id'];
  const isStatement = _type === 'https://in-toto.io/Statement/v1' && predicateType === 'https://slsa.dev/provenance/v1';
  if (!isStatement || !Array.isArray(subject) || !isOneLine(builder))
    throw faulty(place, 'is not a statement about a build');
  const listed = subject.map(fields).map(({ name, digest }) => [name, fields(digest)['sha256']] as const);
  const wanted = files.filter(({ path }) => path !== PROVENANCE);
  const fault = listFault(listed, wanted);
  if (fault !== undefined) throw faulty(place, fault);
  return builder;
}

function faulty(place: string, what: string): Error {
  return refuse({
    code: 'PL7007',
    message: `The provenance ${place} ${what}.`,
    hint: 'Do not launch this release, and tell its publisher.',
  });
}
