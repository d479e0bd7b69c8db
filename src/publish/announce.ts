import { refuse } from '../diagnostics/refusal.ts';
import { type Channel, moveChannel, type ReadChannel } from './channel.ts';
import { type HistoryChange, withMove, withRelease } from './releases/change-history.ts';
import { type ListedRelease, listed, movesOf, type ReleaseHistory } from './releases/history.ts';
import { updateHistory } from './releases/update-history.ts';
import type { Store } from './stores/store.ts';

/** What is announced, and where. */
export interface Announcement {
  /** As releases.json is to list the release, if it does not do so yet. */
  readonly release: ListedRelease;
  readonly channel: Channel;
  /** The channel as it was read before. */
  readonly before: ReadChannel;
  /** The clock of who announces it. */
  readonly now: () => Date;
}

/**
 * Lists a complete release in releases.json, points a channel at it, and records that it was. In that order: what
 * releases.json says of a release is there before anyone is led to it. Run again after an interruption it goes on.
 * @returns whether the channel had to be moved
 * @throws Refusal PL4060 for a release that was withdrawn, PL4025 for a channel that moved, PL4058, PL4059
 */
export async function announce(store: Store, { release, channel: to, before, now }: Announcement): Promise<boolean> {
  checkNotWithdrawn(await updateHistory(store, withRelease(release)), to);
  const moved = before.value?.version !== to.version;
  if (moved) await moveChannel(store, to, before);
  // To the millisecond: another publisher may have moved it on, and recorded that, within the same second.
  const at = now();
  const move = withMove(to.channel, { version: to.version, at: at.toISOString() });
  await updateHistory(store, moved ? move : unlessRecorded(to, at, move));
  return moved;
}

/** Throws a Refusal (PL4060) when a channel would lead people to a release that was withdrawn. */
export function checkNotWithdrawn(history: ReleaseHistory, { version, channel }: Channel): void {
  const { withdrawn } = listed(history, version) ?? {};
  if (!withdrawn) return;
  throw refuse({
    code: 'PL4060',
    message: `Release ${version} was withdrawn on ${withdrawn.at.slice(0, 10)}: ${withdrawn.why}`,
    hint: `The channel ${channel} is not pointed at it. Choose another (podlaunch releases lists them), or take the withdrawal back first: podlaunch withdraw ${version} --undo.`,
  });
}

/**
 * Whether a history lists a release, and that the channel was pointed at it last. A move from after now is of a publisher
 * whose clock is ahead: it says nothing about what came later.
 */
export function isRecorded(history: ReleaseHistory, { channel, version }: Channel, now: Date): boolean {
  const last = movesOf(history, channel).find(({ at }) => Date.parse(at) <= now.getTime());
  return listed(history, version) !== undefined && last?.version === version;
}

/** A channel that points there already was moved by a run that was interrupted, or before there was a history. */
function unlessRecorded(to: Channel, now: Date, change: HistoryChange): HistoryChange {
  return (history) => (isRecorded(history, to, now) ? history : change(history));
}
