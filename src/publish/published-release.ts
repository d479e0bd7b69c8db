import { nearest } from '../diagnostics/nearest.ts';
import { refuse } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import { isVersion, MANIFEST, RELEASES, releasePrefix } from '../release/layout.ts';
import { MANIFEST_BYTES, type Manifest, parseManifest } from '../release/manifest.ts';
import type { ListedRelease } from './releases/history.ts';
import { moment } from './releases/moment.ts';
import type { Store } from './stores/store.ts';

/** A release that is in a store: its manifest, and how releases.json would list it. */
export interface StoredRelease extends ListedRelease {
  readonly manifest: Manifest;
}

/**
 * Reads the manifest of a release. Where releases.json does not list it yet, it was published when its manifest was
 * written, by the clock of the store.
 * @throws Refusal PL4023 when there is no such release, PL4002 for a manifest that is none
 */
export async function publishedRelease(store: Store, version: string): Promise<StoredRelease> {
  const key = releasePrefix(version) + MANIFEST;
  const place = `${store.name}/${key}`;
  const file = await store.get(key, MANIFEST_BYTES);
  if (file) {
    const { bytes, writtenAt } = file === 'larger' ? { bytes: file, writtenAt: new Date() } : file;
    const manifest = parseManifest(bytes, version, place);
    return { version, publishedAt: moment(writtenAt), manifestSha256: sha256(bytes as Uint8Array), manifest };
  }
  const versions = (await store.folders(RELEASES)).filter(isVersion).sort();
  const like = nearest(version, versions);
  throw refuse({
    code: 'PL4023',
    message: `The release ${version} does not exist in ${store.name}.`,
    hint: like ? `Did you mean ${like}?` : `Releases there: ${versions.length === 0 ? 'none' : versions.join(', ')}.`,
  });
}
