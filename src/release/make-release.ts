import type { Assets } from '../assets/assets.ts';
import { billOfMaterials } from './bill-of-materials.ts';
import { ASSETS, checkVersion, MANIFEST, PROVENANCE, SBOM, templatePath } from './layout.ts';
import { manifestText } from './manifest.ts';
import { mediaType } from './media-type.ts';
import { provenance } from './provenance.ts';
import type { Release, ReleaseFile } from './release.ts';
import { releaseFile } from './release-file.ts';
import type { TemplateText } from './version.ts';

/**
 * Makes a release of templates and what travels with them. The same input gives the same bytes.
 * @param settings what the templates were made of, for the provenance
 * @param others files that nothing of the templates needs, such as the price file
 * @throws Refusal PL4001 for a version that cannot be a part of a key
 */
export function makeRelease(
  version: string,
  templates: readonly TemplateText[],
  assets: Assets,
  settings: object,
  others: readonly ReleaseFile[] = [],
): Release {
  checkVersion(version);
  const carried = [
    ...templates.map(({ file, text }) => releaseFile(templatePath(file), text)),
    releaseFile(ASSETS, assets.json),
    ...assets.files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256, mediaType: mediaType(path) })),
    ...others,
  ].sort(byPath);
  const listed = [...carried, releaseFile(SBOM, billOfMaterials(version, carried))].sort(byPath);
  const files = [...listed, releaseFile(PROVENANCE, provenance(listed, settings))].sort(byPath);
  return { version, files, manifest: releaseFile(MANIFEST, manifestText(version, files)) };
}

function byPath(a: ReleaseFile, b: ReleaseFile): number {
  return a.path < b.path ? -1 : 1;
}
