import { error } from '../diagnostics/diagnostic.ts';
import { Refusal } from '../diagnostics/refusal.ts';
import { HISTORY } from '../release/layout.ts';
import type { Channel } from './channel.ts';
import { listed, type ReleaseHistory } from './releases/history.ts';
import { storedChannels } from './stored-channels.ts';
import type { Store } from './stores/store.ts';

/**
 * Compares what is to be announced with what the history and every channel of the store remember of the same version. A
 * manifest that has changed since then means that someone has rewritten the release.
 * @param own what the channel that is to be moved said when it was read
 * @throws Refusal PL4026, one finding for each file that remembers another manifest
 */
export async function checkSameVersion(
  store: Store,
  to: Omit<Channel, 'channel'> & { readonly channel?: string },
  own: Channel | undefined,
  history: ReleaseHistory,
): Promise<void> {
  const { version, manifestSha256 } = to;
  const others = await storedChannels(store, to.channel);
  const channels = own ? [own, ...others] : others;
  const known = listed(history, version);
  const memories = [
    ...channels.map((one) => ({ ...one, place: `The channel ${one.channel}` })),
    ...(known ? [{ ...known, place: HISTORY }] : []),
  ];
  const different = memories.filter((one) => one.version === version && one.manifestSha256 !== manifestSha256);
  if (different.length === 0) return;
  throw new Refusal(
    different.map(({ place, manifestSha256: remembered }) =>
      error({
        code: 'PL4026',
        message: `${place} remembers release ${version} with the manifest ${remembered}, but its manifest is now ${manifestSha256}.`,
        hint: 'A release never changes, so someone has rewritten this one. Do not announce it. Find out who can write to the bucket, and publish from your source under another version.',
      }),
    ),
  );
}
