import { PODLAUNCH } from './component.ts';
import type { ReleaseFile } from './release.ts';

/**
 * How a release was built, as an in-toto statement with SLSA's predicate (https://slsa.dev/spec/v1.0/provenance): its
 * files, the configuration that the templates were made of, and podlaunch. Anyone with both can build it again and
 * compare the bytes, so there is no date in it, and nothing of the machine. The manifest has its hash, and the signature
 * of the release that of the manifest.
 * @param files all others of the release
 */
export function provenance(files: readonly ReleaseFile[], configuration: object): string {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: files.map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: `${PODLAUNCH}#release`,
        externalParameters: { configuration },
        resolvedDependencies: [{ uri: PODLAUNCH }],
      },
      runDetails: { builder: { id: PODLAUNCH } },
    },
  };
  return `${JSON.stringify(statement, null, 2)}\n`;
}
