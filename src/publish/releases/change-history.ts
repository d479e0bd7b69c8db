import type { Withdrawal } from '../../release/withdrawal.ts';
import { type ChannelMove, type ListedRelease, listed, movesOf, type ReleaseHistory } from './history.ts';

/** How many releases and how many moves of a channel are kept; what was withdrawn is kept beyond. */
const MOST_RELEASES = 2000;
const MOST_MOVES = 100;

/** A change of the history. Made twice it changes nothing the second time: a request may have been sent twice. */
export type HistoryChange = (history: ReleaseHistory) => ReleaseHistory;

/** Adds a release. One that is listed already stays as it is: a release never changes. */
export function withRelease(release: ListedRelease): HistoryChange {
  return (history) => {
    if (listed(history, release.version)) return history;
    const all = [release, ...history.releases].sort((a, b) => newestFirst(a.publishedAt, b.publishedAt));
    const releases = all.filter(({ withdrawn }, at) => at < MOST_RELEASES || withdrawn);
    return { ...history, releases };
  };
}

/** Adds that a channel was pointed at a release, in its place by time: another move may have been recorded sooner. */
export function withMove(channel: string, move: ChannelMove): HistoryChange {
  return (history) => {
    const moves = movesOf(history, channel);
    if (moves.some(({ version, at }) => version === move.version && at === move.at)) return history;
    const sorted = [move, ...moves].sort((a, b) => newestFirst(a.at, b.at));
    return { ...history, channels: { ...history.channels, [channel]: sorted.slice(0, MOST_MOVES) } };
  };
}

/** Marks a release as withdrawn, or no longer so (undefined). A second reason takes the place of the first. */
export function withWithdrawal(version: string, withdrawal: Withdrawal | undefined): HistoryChange {
  return (history) => {
    const before = listed(history, version);
    if (!before || before.withdrawn?.why === withdrawal?.why) return history;
    const { withdrawn, ...bare } = before;
    const after = withdrawal
      ? { ...bare, withdrawn: { at: withdrawn?.at ?? withdrawal.at, why: withdrawal.why } }
      : bare;
    return { ...history, releases: history.releases.map((release) => (release === before ? after : release)) };
  };
}

function newestFirst(a: string, b: string): number {
  return Date.parse(b) - Date.parse(a);
}
