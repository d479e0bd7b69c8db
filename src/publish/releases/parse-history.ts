import { refuse } from '../../diagnostics/refusal.ts';
import { isChannelName, isVersion } from '../../release/layout.ts';
import { fields, isRecord, isSha256, parseJson } from '../../release/read-json.ts';
import type { Withdrawal } from '../../release/withdrawal.ts';
import type { ChannelMove, ListedRelease, ReleaseHistory } from './history.ts';
import { isMoment } from './moment.ts';
import { isReason } from './reason.ts';

/**
 * Reads releases.json. What it does not know is left out: a newer podlaunch may have written it.
 * @param place how a message names the file
 * @throws Refusal PL4058 when it is not a history, or is larger than one can be
 */
export function parseHistory(bytes: Uint8Array | 'larger', place: string): ReleaseHistory {
  const history = bytes === 'larger' ? undefined : historyIn(parseJson(bytes));
  if (history) return history;
  throw refuse({
    code: 'PL4058',
    message: `${place} is not a list of releases.`,
    hint: 'Something else wrote there, or a part of it is missing. The bucket keeps versions: restore the last good one. Without the file podlaunch begins a new one, which no longer knows what was withdrawn.',
  });
}

function historyIn(value: unknown): ReleaseHistory | undefined {
  const { releases, channels } = fields(value);
  if (!Array.isArray(releases) || !isRecord(channels)) return undefined;
  const known = releases.map(releaseIn);
  const moves = Object.entries(channels).map(([name, list]): [string, (ChannelMove | undefined)[] | undefined] => [
    name,
    isChannelName(name) && Array.isArray(list) ? list.map(moveIn) : undefined,
  ]);
  const versions = new Set(known.map((release) => release?.version));
  if (versions.size !== known.length || versions.has(undefined)) return undefined;
  if (moves.some(([, list]) => list === undefined || list.includes(undefined))) return undefined;
  return {
    releases: known as ListedRelease[],
    channels: Object.fromEntries(moves as [string, ChannelMove[]][]),
  };
}

function releaseIn(value: unknown): ListedRelease | undefined {
  const { version, publishedAt, manifestSha256, withdrawn, minimumFrom } = fields(value);
  const withdrawal = withdrawn === undefined ? undefined : withdrawalIn(withdrawn);
  const isFaulty =
    (withdrawn !== undefined && withdrawal === undefined) || (minimumFrom !== undefined && !isVersion(minimumFrom));
  if (isFaulty || !isVersion(version) || !isMoment(publishedAt) || !isSha256(manifestSha256)) return undefined;
  return {
    version,
    publishedAt,
    manifestSha256,
    ...(withdrawal && { withdrawn: withdrawal }),
    ...(minimumFrom !== undefined && { minimumFrom }),
  };
}

function withdrawalIn(value: unknown): Withdrawal | undefined {
  const { at, why } = fields(value);
  return isMoment(at) && isReason(why) ? { at, why } : undefined;
}

function moveIn(value: unknown): ChannelMove | undefined {
  const { version, at } = fields(value);
  return isVersion(version) && isMoment(at) ? { version, at } : undefined;
}
