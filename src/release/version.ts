import { sha256 } from '../files/sha256.ts';
import { COMPONENTS_SHA256 } from './generated/components-sha256.ts';
import { ASSETS } from './layout.ts';
import type { ReleaseFile } from './release.ts';

/** A template as text, under the name of its file. */
export interface TemplateText {
  readonly file: string;
  readonly text: string;
}

/**
 * The version of a release that has none of its own: podlaunch's version, and 8 hex digits that change with any edit.
 * They begin the SHA-256 of what `sha256sum` prints of the templates, compiled for a release wherever it will be,
 * assets.json, the list of what podlaunch is built of, the settings that the templates were made of, and the other files
 * that the publisher puts beside them: bill of materials and provenance follow from these.
 * @param settings as the provenance has them
 */
export function derivedVersion(
  packageVersion: string,
  templates: readonly TemplateText[],
  assets: { readonly sha256: string },
  settings: object,
  others: readonly ReleaseFile[] = [],
): string {
  const sums = [
    ...templates.map(({ file, text }) => [sha256(text), file]),
    [assets.sha256, ASSETS],
    [COMPONENTS_SHA256, 'components.ts'],
    [sha256(JSON.stringify(settings)), 'settings.json'],
    ...others.map(({ path, sha256: sum }) => [sum, path]),
  ];
  return `${packageVersion}-${sha256(sums.map(([sum, file]) => `${sum}  ${file}\n`).join('')).slice(0, 8)}`;
}
