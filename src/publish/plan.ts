import { createHash } from 'node:crypto';
import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import { error } from '../diagnostics/diagnostic.ts';
import { Refusal, refuse } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import { MANIFEST, releasePrefix } from '../release/layout.ts';
import { MANIFEST_BYTES, parseManifest } from '../release/manifest.ts';
import type { Release, ReleaseFile } from '../release/release.ts';
import { checkNotWithdrawn, isRecorded } from './announce.ts';
import { type Channel, type ReadChannel, readChannel } from './channel.ts';
import { storedHistory } from './releases/update-history.ts';
import { checkSameVersion } from './same-version.ts';
import type { Store, StoredEntry } from './stores/store.ts';

/** What publishing a release will do. */
export interface PublishPlan {
  readonly release: Release;
  /** Whether the version is claimed already, by this very release. */
  readonly claimed: boolean;
  /** What is not there yet. */
  readonly missing: readonly ReleaseFile[];
  /** What the channel is to say. */
  readonly channel: Channel;
  readonly before: ReadChannel;
  /** Whether the channel says so already. */
  readonly announced: boolean;
  /** Whether the history says so, too. */
  readonly recorded: boolean;
  /** When the release was completed, if it is complete already: by the clock of the store. */
  readonly completedAt?: Date;
}

/**
 * Compares a release with what is in the store: one listing, the manifest where there is one, the history, and the channel.
 * @throws Refusal PL4020 when the version is claimed by other content, PL4021 when a file of it has been changed, PL4026 when a channel or the history remembers another manifest of it, PL4058 for a history that is none, PL4060 when it was withdrawn
 */
export async function planPublish(
  store: Store,
  release: Release,
  channel: string,
  now: () => Date,
): Promise<PublishPlan> {
  const prefix = releasePrefix(release.version);
  const [entries, before, history] = await Promise.all([
    store.list(prefix),
    readChannel(store, channel),
    storedHistory(store),
  ]);
  const claimed = entries.has(prefix + MANIFEST) ? await claimedAt(store, release) : undefined;
  const missing = await missingFiles(store, release, entries);
  const manifestSha256 = release.manifest.sha256;
  const after = { channel, version: release.version, manifestSha256 };
  checkNotWithdrawn(history, after);
  await checkSameVersion(store, after, before.value, history).catch(async (refusal: unknown) => {
    // Where another publisher has just claimed the version, that is the reason.
    await claimedAt(store, release);
    throw refusal;
  });
  const announced = before.value?.version === release.version;
  return {
    release,
    claimed: claimed !== undefined,
    missing,
    channel: after,
    before,
    announced,
    recorded: isRecorded(history, after, now()),
    ...(claimed && missing.length === 0 && { completedAt: claimed }),
  };
}

/** When the version was claimed by this release; undefined when it is free. Throws a Refusal (PL4020), which says what differs, when another has claimed it. */
export async function claimedAt(store: Store, release: Release): Promise<Date | undefined> {
  const key = releasePrefix(release.version) + MANIFEST;
  const stored = await store.get(key, MANIFEST_BYTES);
  if (!stored) return undefined;
  if (stored !== 'larger' && sha256(stored.bytes) === release.manifest.sha256) return stored.writtenAt;
  const bytes = stored === 'larger' ? stored : stored.bytes;
  const theirs = new Map(
    parseManifest(bytes, release.version, `${store.name}/${key}`).files.map((file) => [file.path, file.sha256]),
  );
  const ours = new Map(release.files.map((file) => [file.path, file.sha256]));
  const different = [...new Set([...ours.keys(), ...theirs.keys()])].filter(
    (path) => ours.get(path) !== theirs.get(path),
  );
  throw refuse({
    code: 'PL4020',
    message: `Release ${release.version} is published in ${store.name} already, with other content.`,
    hint: 'A release never changes. Give another version (--version, or release.version in podlaunch.yaml), or leave it out: then each edit has its own. The bucket, its prefix and its region are part of the templates: if one of them is wrong here, correct it.',
    related: different.sort().map((path) => ({ message: `${path} differs` })),
  });
}

/** The files of a release that a listing does not have. Throws a Refusal (PL4021) for those that it has with other bytes. */
export async function missingFiles(
  store: Store,
  release: Release,
  entries: ReadonlyMap<string, StoredEntry>,
): Promise<readonly ReleaseFile[]> {
  const keyOf = ({ path }: ReleaseFile) => releasePrefix(release.version) + path;
  const changed = new Set<ReleaseFile>();
  await inParallel(release.files, AT_A_TIME, async (file) => {
    const entry = entries.get(keyOf(file));
    if (entry && !(await hasBytes(store, keyOf(file), entry, file))) changed.add(file);
  });
  if (changed.size === 0) return release.files.filter((file) => !entries.has(keyOf(file)));
  throw new Refusal(
    release.files
      .filter((file) => changed.has(file))
      .map((file) =>
        error({
          code: 'PL4021',
          message: `${store.name}/${keyOf(file)} is not what release ${release.version} says.`,
          hint: 'Something else wrote there. Remove the file and publish again, or give the release another version.',
        }),
      ),
  );
}

/** Whether a stored file has these bytes. Its etag tells so for nothing, except in a bucket that is encrypted with a KMS key: there it is read. */
async function hasBytes(store: Store, key: string, entry: StoredEntry, file: ReleaseFile): Promise<boolean> {
  if (entry.size !== file.bytes.length) return false;
  if (entry.etag === createHash('md5').update(file.bytes).digest('hex')) return true;
  const stored = await store.get(key, file.bytes.length);
  return stored !== undefined && stored !== 'larger' && sha256(stored.bytes) === file.sha256;
}

/** A plan for people, a line for each step; `place` is how they know the place. */
export function planText(place: string, plan: PublishPlan): string {
  const { release, claimed, missing, announced, channel, before } = plan;
  const folder = `${place}/${releasePrefix(release.version)}`;
  const lines = [`Release ${release.version} in ${folder}`];
  if (!claimed) lines.push(`  write    ${MANIFEST}`);
  for (const { path, bytes } of missing) lines.push(`  write    ${path} (${bytes.length} bytes)`);
  const there = release.files.length - missing.length + (claimed ? 1 : 0);
  if (there > 0) lines.push(`  unchanged: ${there} of ${release.files.length + 1} files`);
  const from = before.value ? ` (now ${before.value.version})` : '';
  lines.push(
    announced
      ? `Channel ${channel.channel} points there already`
      : `Channel ${channel.channel} -> ${release.version}${from}`,
  );
  return `${lines.join('\n')}\n`;
}
