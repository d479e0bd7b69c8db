import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import { Refusal } from '../diagnostics/refusal.ts';
import { CHANNEL_BYTES } from '../release/channel.ts';
import { CHANNELS, channelKey } from '../release/layout.ts';
import { type Channel, parseChannel } from './channel.ts';
import type { Store } from './stores/store.ts';

/** More channels than anybody has are not read. */
const MOST_CHANNELS = 200;

/** All channels of a store but one, by name. A file that is none announces nothing, and is left out. */
export async function storedChannels(store: Store, except?: string): Promise<readonly Channel[]> {
  const isWanted = (key: string) => key.endsWith('.json') && (except === undefined || key !== channelKey(except));
  const keys = [...(await store.list(CHANNELS)).keys()].filter(isWanted).slice(0, MOST_CHANNELS);
  const found = await inParallel(keys, AT_A_TIME, (key) => channelIn(store, key));
  return found.filter((channel) => channel !== undefined).sort((a, b) => (a.channel < b.channel ? -1 : 1));
}

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
