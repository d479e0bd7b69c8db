import type { Withdrawal } from '../../release/withdrawal.ts';

/** A release as releases.json lists it. */
export interface ListedRelease {
  readonly version: string;
  /** When it was complete, by the clock of who published it: `2026-11-27T12:00:00Z`. */
  readonly publishedAt: string;
  /** SHA-256 of its manifest.json, hex. */
  readonly manifestSha256: string;
  readonly withdrawn?: Withdrawal;
  /** The oldest release that stacks may be updated from to this one. */
  readonly minimumFrom?: string;
}

/** That a channel was pointed at a release. */
export interface ChannelMove {
  readonly version: string;
  /** When, by the clock of who moved it. */
  readonly at: string;
}

/** releases.json: what was published at a place, and where its channels have pointed; the newest first. */
export interface ReleaseHistory {
  readonly releases: readonly ListedRelease[];
  /** The moves of each channel, by its name. */
  readonly channels: Readonly<Record<string, readonly ChannelMove[]>>;
}

/** The history of a place at which nothing was recorded yet. */
export const NO_HISTORY: ReleaseHistory = { releases: [], channels: {} };

/** What releases.json says of a version; undefined where it does not list it. */
export function listed({ releases }: ReleaseHistory, version: string): ListedRelease | undefined {
  return releases.find((release) => release.version === version);
}

/** Where a channel has pointed, the newest first. */
export function movesOf({ channels }: ReleaseHistory, channel: string): readonly ChannelMove[] {
  return Object.hasOwn(channels, channel) ? channels[channel]! : [];
}
