import { sha256 } from '../files/sha256.ts';
import { VERSION } from '../version.ts';
import { type Component, PODLAUNCH } from './component.ts';
import { COMPONENTS } from './generated/components.ts';
import type { ReleaseFile } from './release.ts';

/**
 * What a release carries and is built with, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/): each file with its
 * hash, podlaunch, and what that is built of. It has no date, and its serial number follows from its content: the same
 * release gives the same bytes.
 */
export function billOfMaterials(version: string, files: readonly ReleaseFile[]): string {
  const release = `release@${version}`;
  const carried = files.map(fileOf);
  const tools = COMPONENTS.map(componentOf);
  const content = {
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      tools: { components: [{ ...named(PODLAUNCH, 'podlaunch', VERSION), purl: PODLAUNCH }] },
      component: named(release, 'podlaunch-release', version),
    },
    components: [...carried, ...tools],
    dependencies: [
      { ref: release, dependsOn: carried.map((file) => file['bom-ref']) },
      { ref: PODLAUNCH, dependsOn: tools.map((tool) => tool['bom-ref']) },
    ],
  };
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(sha256(JSON.stringify(content)))}`,
    ...content,
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

function named(ref: string, name: string, version: string) {
  return { type: 'application', 'bom-ref': ref, name, version };
}

function fileOf({ path, sha256: content }: ReleaseFile) {
  return { type: 'file', 'bom-ref': `file:${path}`, name: path, hashes: [{ alg: 'SHA-256', content }] };
}

/** What podlaunch is built of makes a release, and is not in it. */
function componentOf({ type, name, version, purl, license, sha512 }: Component) {
  return {
    ...{ type, 'bom-ref': purl, name, version, purl, scope: 'excluded', licenses: [{ expression: license }] },
    ...(sha512 !== undefined && { hashes: [{ alg: 'SHA-512', content: sha512 }] }),
  };
}

/** A UUID of version 8 that begins as a hash does: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8 */
function uuidOf(hash: string): string {
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
}
