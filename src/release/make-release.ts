import type { Assets } from '../assets/assets.ts';
import { sha256 } from '../files/sha256.ts';
import { ASSETS, checkVersion, MANIFEST, templatePath } from './layout.ts';
import { manifestText } from './manifest.ts';
import { mediaType } from './media-type.ts';
import type { Release, ReleaseFile } from './release.ts';
import type { TemplateText } from './version.ts';

/**
 * Makes a release of templates and what travels with them. The same input gives the same bytes.
 * @throws Refusal PL4001 for a version that cannot be a part of a key
 */
export function makeRelease(version: string, templates: readonly TemplateText[], assets: Assets): Release {
  checkVersion(version);
  const files = [
    ...templates.map(({ file, text }) => textFile(templatePath(file), text)),
    textFile(ASSETS, assets.json),
    ...assets.files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256, mediaType: mediaType(path) })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { version, files, manifest: textFile(MANIFEST, manifestText(version, files)) };
}

function textFile(path: string, text: string): ReleaseFile {
  return { path, bytes: new TextEncoder().encode(text), sha256: sha256(text), mediaType: mediaType(path) };
}
