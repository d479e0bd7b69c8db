import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import { error } from '../diagnostics/diagnostic.ts';
import { Refusal } from '../diagnostics/refusal.ts';
import { CHANNELS, channelKey } from '../release/layout.ts';
import { CHANNEL_BYTES, type Channel, parseChannel } from './channel.ts';
import type { Store } from './stores/store.ts';

/** More channels than anybody has are not read. */
const MOST_CHANNELS = 200;

/**
 * Compares what is to be announced with what every channel of the store remembers of the same version. A manifest that
 * has changed since a channel named it means that someone has rewritten the release.
 * @param own what the channel that is to be moved says, which has been read already
 * @throws Refusal PL4026, one finding for each channel that remembers another manifest
 */
export async function checkSameVersion(store: Store, to: Channel, own: Channel | undefined): Promise<void> {
  const { version, manifestSha256 } = to;
  const isOther = (key: string) => key.endsWith('.json') && key !== channelKey(to.channel);
  const keys = [...(await store.list(CHANNELS)).keys()].filter(isOther).slice(0, MOST_CHANNELS);
  const channels = own ? [own] : [];
  await inParallel(keys, AT_A_TIME, async (key) => {
    const found = await channelIn(store, key);
    if (found) channels.push(found);
  });
  const others = channels.filter((one) => one.version === version && one.manifestSha256 !== manifestSha256);
  if (others.length === 0) return;
  throw new Refusal(
    others.map(({ channel, manifestSha256: remembered }) =>
      error({
        code: 'PL4026',
        message: `The channel ${channel} remembers release ${version} with the manifest ${remembered}, but its manifest is now ${manifestSha256}.`,
        hint: 'A release never changes, so someone has rewritten this one. Do not announce it. Find out who can write to the bucket, and publish from your source under another version.',
      }),
    ),
  );
}

/** What a channel file says; undefined for a file that is none: it announces nothing. */
async function channelIn(store: Store, key: string): Promise<Channel | undefined> {
  const file = await store.get(key, CHANNEL_BYTES);
  if (file === undefined || file === 'larger') return undefined;
  try {
    return parseChannel(file.bytes, key.slice(CHANNELS.length, -'.json'.length), key);
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined;
    throw thrown;
  }
}
