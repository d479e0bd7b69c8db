import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import { type Diagnostic, error } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { Refusal, refuse } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import { checkVersion, isVersion, MANIFEST, RELEASES, releasePrefix } from '../release/layout.ts';
import { MANIFEST_BYTES, type Manifest, parseManifest } from '../release/manifest.ts';
import type { Target } from '../release/target.ts';
import { parseAudience } from './audience/audience.ts';
import { judgeAudience } from './audience/judge-audience.ts';
import { checkChannelName, moveChannel, readChannel } from './channel.ts';
import type { PublishOptions } from './publish-release.ts';
import { readBack } from './read-back.ts';
import { checkSameVersion } from './same-version.ts';
import { openTarget } from './stores/open-store.ts';
import type { Store } from './stores/store.ts';

/** How a channel is rolled back. */
export type RollbackOptions = Omit<PublishOptions, 'dryRun'>;

/** What a rollback did. */
export interface RollbackResult {
  readonly channel: string;
  readonly version: string;
  /** What the channel pointed at before. */
  readonly from: string | undefined;
  /** Whether the channel had to be moved. */
  readonly moved: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Points a channel at an older release, after reading all of it: every file must be there with the bytes that its
 * manifest says, and readable by the audience.
 * @throws Refusal PL4023 when there is no such release, PL4021 and PL4022 when it is not complete, PL4026 when a channel remembers another manifest of it, and those of `publishRelease`
 */
export async function rollback(
  version: string,
  target: Target,
  options: RollbackOptions = {},
): Promise<RollbackResult> {
  const { channel = 'latest', failOn = 'error', onEvent: tell = () => {} } = options;
  checkVersion(version);
  checkChannelName(channel);
  const audience = parseAudience(options.audience ?? 'public');
  const place = await openTarget(target, options.expectedBucketOwner);
  const { store } = place;
  try {
    const [before, { manifest, manifestSha256 }] = await Promise.all([
      readChannel(store, channel),
      readManifest(store, version),
    ]);
    await checkSameVersion(store, { channel, version, manifestSha256 }, before.value);
    await checkWhole(store, manifest);
    const readers = { audience, version, files: manifest.files };
    const diagnostics = await judgeAudience(place, readers, failOn);
    await readBack(place, readers, tell);
    const moved = before.value?.version !== version;
    if (moved) {
      await moveChannel(store, { channel, version, manifestSha256 }, before);
      tell({ kind: 'announced', channel, version });
    }
    return { channel, version, from: before.value?.version, moved, diagnostics };
  } finally {
    store.close();
  }
}

async function readManifest(
  store: Store,
  version: string,
): Promise<{ readonly manifest: Manifest; readonly manifestSha256: string }> {
  const key = releasePrefix(version) + MANIFEST;
  const file = await store.get(key, MANIFEST_BYTES);
  if (file) {
    const bytes = file === 'larger' ? file : file.bytes;
    const manifest = parseManifest(bytes, version, `${store.name}/${key}`);
    return { manifest, manifestSha256: sha256(bytes as Uint8Array) };
  }
  const versions = (await store.folders(RELEASES)).filter(isVersion).sort();
  const like = nearest(version, versions);
  throw refuse({
    code: 'PL4023',
    message: `The release ${version} does not exist in ${store.name}.`,
    hint: like ? `Did you mean ${like}?` : `Releases there: ${versions.length === 0 ? 'none' : versions.join(', ')}.`,
  });
}

async function checkWhole(store: Store, { version, files }: Manifest): Promise<void> {
  const faults: Diagnostic[] = [];
  await inParallel(files, AT_A_TIME, async ({ path, sha256: expected, size }) => {
    const stored = await store.get(releasePrefix(version) + path, size);
    if (stored && stored !== 'larger' && sha256(stored.bytes) === expected) return;
    const fault = stored
      ? { code: 'PL4021', message: `${path} of release ${version} is not what its manifest says.` }
      : { code: 'PL4022', message: `${path} of release ${version} is missing.` };
    faults.push(error({ ...fault, hint: 'Roll back to another release, or publish this one again from its source.' }));
  });
  if (faults.length > 0) throw new Refusal(faults.sort((a, b) => (a.message < b.message ? -1 : 1)));
}
