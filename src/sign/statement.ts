import { MANIFEST } from '../release/layout.ts';
import { fields } from '../release/read-json.ts';
import { notSigned } from './not-signed.ts';

/** What a signature says: which bytes are the manifest of which version. */
export interface SignedRelease {
  readonly version: string;
  /** SHA-256 of manifest.json, hex. */
  readonly manifestSha256: string;
}

const STATEMENT = 'https://in-toto.io/Statement/v1';
const RELEASE = 'https://in-toto.io/attestation/release/v0.1';

/** The statement about a release that is signed: https://github.com/in-toto/attestation/blob/main/spec/predicates/release.md */
export function releaseStatement({ version, manifestSha256 }: SignedRelease): string {
  return JSON.stringify({
    _type: STATEMENT,
    subject: [{ name: MANIFEST, digest: { sha256: manifestSha256 } }],
    predicateType: RELEASE,
    predicate: { purl: purlOf(version) },
  });
}

/**
 * Checks that a signed statement is about a release: a signature of another release by the same key is none of this one.
 * @param place how a message names the file
 * @throws Refusal PL7107 when it is about anything else
 */
export function checkStatement(statement: unknown, { version, manifestSha256 }: SignedRelease, place: string): void {
  const { _type, subject, predicateType, predicate } = fields(statement);
  const [only, ...others] = Array.isArray(subject) ? subject : [];
  const { name, digest } = fields(only);
  if (_type !== STATEMENT || predicateType !== RELEASE || others.length > 0 || name !== MANIFEST)
    throw notSigned(place, 'it is a statement of another kind');
  if (fields(predicate)['purl'] !== purlOf(version)) throw notSigned(place, 'it is about another version');
  if (fields(digest)['sha256'] !== manifestSha256) throw notSigned(place, 'it is about another manifest');
}

/** A package URL, https://github.com/package-url/purl-spec: the versions of layout.ts need no escape in it. */
function purlOf(version: string): string {
  return `pkg:generic/podlaunch-release@${version}`;
}
