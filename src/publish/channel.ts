import { refuse } from '../diagnostics/refusal.ts';
import { CHANNEL_BYTES, publishedChannel } from '../release/channel.ts';
import { channelKey, isChannelName } from '../release/layout.ts';
import { parseJson } from '../release/read-json.ts';
import { releaseFile } from '../release/release-file.ts';
import type { Store } from './stores/store.ts';

/** channels/NAME.json: which release a channel points at. The only file that ever changes. */
export interface Channel {
  readonly channel: string;
  readonly version: string;
  /** SHA-256 of the release's manifest.json, hex. */
  readonly manifestSha256: string;
}

/** A channel as it was read; `etag` is undefined when it does not exist yet. */
export interface ReadChannel {
  readonly value: Channel | undefined;
  readonly etag: string | undefined;
}

/** Throws a Refusal (PL4015) for a name that cannot be a part of a key. */
export function checkChannelName(channel: string): void {
  if (isChannelName(channel)) return;
  throw refuse({
    code: 'PL4015',
    message: `${JSON.stringify(channel)} is not a valid channel name.`,
    hint: 'Use at most 63 lower-case letters, digits, dots, hyphens and underscores, such as latest.',
  });
}

/** Reads a channel file's bytes; throws a Refusal (PL4024) when they are not one. `place` is how the message names it. */
export function parseChannel(bytes: Uint8Array | 'larger', channel: string, place: string): Channel {
  const found = bytes === 'larger' ? undefined : publishedChannel(parseJson(bytes), channel);
  if (found) return { channel, ...found };
  throw refuse({
    code: 'PL4024',
    message: `${place} is not the file of the channel ${channel}.`,
    hint: 'Something else wrote there. Remove the file, or use another channel.',
  });
}

/** Reads which release a channel points at. */
export async function readChannel(store: Store, channel: string): Promise<ReadChannel> {
  const key = channelKey(channel);
  const file = await store.get(key, CHANNEL_BYTES);
  const place = `${store.name}/${key}`;
  if (file === undefined) return { value: undefined, etag: undefined };
  if (file === 'larger') return { value: parseChannel(file, channel, place), etag: undefined };
  return { value: parseChannel(file.bytes, channel, place), etag: file.etag };
}

/**
 * Points a channel at a release: the one step that makes it the release that people get.
 * @param before what was read before the release was written
 * @throws Refusal PL4025 when someone else has moved the channel since then
 */
export async function moveChannel(store: Store, to: Channel, before: ReadChannel): Promise<void> {
  const key = channelKey(to.channel);
  const file = releaseFile(key, `${JSON.stringify(to, null, 2)}\n`);
  if (await store.replace(key, file, before.etag)) return;
  // A request that was sent twice, because its first answer was lost, meets its own work.
  const { value: now } = await readChannel(store, to.channel);
  if (now?.version === to.version && now.manifestSha256 === to.manifestSha256) return;
  throw refuse({
    code: 'PL4025',
    message: `The channel ${to.channel} has moved to ${now?.version ?? 'nothing'} in the meantime; it was left there.`,
    hint: `The release ${to.version} is complete. To point the channel at it all the same: podlaunch rollback --channel ${to.channel} --version ${to.version}.`,
  });
}
