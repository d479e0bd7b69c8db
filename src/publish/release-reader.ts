import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Refusal, refuse } from '../diagnostics/refusal.ts';
import { sha256 } from '../files/sha256.ts';
import { CHANNEL_BYTES } from '../release/channel.ts';
import { channelKey, checkVersion, HISTORY, MANIFEST, releasePrefix } from '../release/layout.ts';
import { MANIFEST_BYTES, type Manifest, type ManifestFile, parseManifest } from '../release/manifest.ts';
import type { Target } from '../release/target.ts';
import { openReader, type Readers, type ReleaseReader } from './audience/open-reader.ts';
import { type Channel, checkChannelName, parseChannel } from './channel.ts';
import { type ListedRelease, listed, type ReleaseHistory } from './releases/history.ts';
import { readHistory, unlistedWarnings } from './releases/read-history.ts';

/** A version, or the channel that names it. */
export type Pin = { readonly version: string } | { readonly channel: string };

/** A release as it was read: its manifest, and those of its files that were asked for. */
export interface ReadRelease {
  readonly manifest: Manifest;
  readonly manifestSha256: string;
  /** What releases.json says of it; undefined where it does not list it, or cannot be read. */
  readonly listed?: ListedRelease;
  /** All that releases.json says. */
  readonly history: ReleaseHistory;
  /** That nobody knows whether it was withdrawn. */
  readonly unlisted: readonly Diagnostic[];
  /** What was read of each file, in the order in which they were asked for. */
  readonly files: readonly ReadFile[];
}

/** A file as it was read: its bytes, or why they are not those of the manifest. */
export type ReadFile = { readonly path: string; readonly url: string } & (
  | { readonly bytes: Uint8Array }
  | { readonly changed: true }
  | { readonly unreadable: string }
);

/** What is said of a file that was not read: the code where it is unreadable, and the next step. */
interface Otherwise {
  readonly unreadable: string;
  readonly hint: string;
}

/**
 * The bytes of a file that was read.
 * @param otherwise the code where it cannot be read, and what to do where it is not what the manifest says or cannot be read
 * @throws Refusal PL4021, or with the code that is given
 */
export function bytesOfFile(file: ReadFile, otherwise: Otherwise): Uint8Array {
  if ('bytes' in file) return file.bytes;
  const { hint } = otherwise;
  if ('changed' in file) throw refuse({ code: 'PL4021', message: `${file.url} is not what its manifest says.`, hint });
  throw refuse({ code: otherwise.unreadable, message: `${file.url} cannot be read: ${file.unreadable}.`, hint });
}

/** The text of a file that was read; see `bytesOfFile`. */
export function textOfFile(file: ReadFile, otherwise: Otherwise): string {
  return new TextDecoder().decode(bytesOfFile(file, otherwise));
}

/**
 * Reads files of a release, and compares each with its hash in the manifest.
 * @param choose which files are read; what it throws ends the reading
 * @throws Refusal as `readPinned`, PL4026 where releases.json lists another manifest, PL4058; a file that differs is in the answer
 */
export async function readRelease(
  target: Target,
  { pin, ...readers }: Readers & { readonly pin: Pin },
  choose: (manifest: Manifest, manifestSha256: string) => readonly ManifestFile[],
): Promise<ReadRelease> {
  const reader = await openReader(target, readers);
  try {
    const [found, { history, warnings }] = await Promise.all([readPinned(reader, pin), readHistory(reader)]);
    const { version } = found.manifest;
    const known = listed(history, version);
    if (known && known.manifestSha256 !== found.manifestSha256) throw rewritten(HISTORY, known, found.manifestSha256);
    const chosen = choose(found.manifest, found.manifestSha256);
    const files = await inParallel(chosen, AT_A_TIME, async ({ path, size, sha256: expected }): Promise<ReadFile> => {
      const key = releasePrefix(found.manifest.version) + path;
      const about = { path, url: reader.url(key) };
      const { status, bytes } = await reader.read(key, size);
      if (status !== 200) return { ...about, unreadable: whyNotRead(status) };
      return bytes === 'larger' || sha256(bytes) !== expected ? { ...about, changed: true } : { ...about, bytes };
    });
    const unlisted = [...warnings, ...unlistedWarnings(history, version)];
    return { ...found, ...(known && { listed: known }), history, unlisted, files };
  } finally {
    reader.close();
  }
}

/**
 * Reads the manifest of a release, and compares it with what the channel remembers where a channel names it.
 * @throws Refusal PL5009 for a channel, PL5010 for a release that cannot be read, PL4026 for a manifest that is not the one that the channel names, PL4002, PL4024 for files that are none of podlaunch's
 */
async function readPinned(
  reader: ReleaseReader,
  pin: Pin,
): Promise<{ readonly manifest: Manifest; readonly manifestSha256: string }> {
  const channel = 'channel' in pin ? await readChannelFile(reader, pin.channel) : undefined;
  const version = channel?.version ?? (pin as { version: string }).version;
  checkVersion(version);
  const found = await readManifestFile(reader, version);
  if (channel && channel.manifestSha256 !== found.manifestSha256)
    throw rewritten(`The channel ${channel.channel}`, channel, found.manifestSha256);
  return found;
}

async function readChannelFile({ read, url }: ReleaseReader, channel: string): Promise<Channel> {
  checkChannelName(channel);
  const key = channelKey(channel);
  const { status, bytes } = await read(key, CHANNEL_BYTES);
  if (status === 200) return parseChannel(bytes, channel, url(key));
  throw refuse({
    code: 'PL5009',
    message: `The channel ${channel} cannot be read at ${url(key)}: ${whyNotRead(status)}.`,
    hint: 'Check bucket, prefix and --region; publish to the channel first; or pin a version with --version. For an audience that is not public name it: --audience org:… or accounts:….',
  });
}

async function readManifestFile({ read, url }: ReleaseReader, version: string) {
  const key = releasePrefix(version) + MANIFEST;
  const { status, bytes } = await read(key, MANIFEST_BYTES);
  if (status === 200) {
    const manifest = parseManifest(bytes, version, url(key));
    return { manifest, manifestSha256: sha256(bytes as Uint8Array) };
  }
  throw refuse({
    code: 'PL5010',
    message: `Release ${version} cannot be read at ${url(key)}: ${whyNotRead(status)}.`,
    hint: 'Publish it first (podlaunch publish), or name one that is published: --version or --channel. links --offline makes links without looking.',
  });
}

/** Why there is nothing to read. Without the right to list a bucket S3 answers 403 for what is not there, too. */
function whyNotRead(status: number): string {
  return status === 404 ? 'there is none' : `S3 answers ${status}`;
}

function rewritten(who: string, { version, manifestSha256 }: Omit<Channel, 'channel'>, now: string): Refusal {
  return refuse({
    code: 'PL4026',
    message: `${who} names release ${version} with the manifest ${manifestSha256}, but its manifest is now ${now}.`,
    hint: 'A release never changes, so someone has rewritten this one. Do not hand out links to it, and find out who can write to the bucket.',
  });
}
