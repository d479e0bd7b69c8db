import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { checkVersion } from '../release/layout.ts';
import type { Target } from '../release/target.ts';
import { announce, checkNotWithdrawn } from './announce.ts';
import { parseAudience } from './audience/audience.ts';
import { judgeAudience } from './audience/judge-audience.ts';
import { checkChannelName, readChannel } from './channel.ts';
import { checkComplete } from './check-complete.ts';
import type { PublishOptions } from './publish-release.ts';
import { publishedRelease } from './published-release.ts';
import { readBack } from './read-back.ts';
import { storedHistory } from './releases/update-history.ts';
import { checkSameVersion } from './same-version.ts';
import { openTarget } from './stores/open-store.ts';

/** How a channel is rolled back. */
export type RollbackOptions = Omit<PublishOptions, 'dryRun' | 'signer' | 'minimumFrom'>;

/** What a rollback did. */
export interface RollbackResult {
  readonly channel: string;
  readonly version: string;
  /** What the channel pointed at before. */
  readonly from: string | undefined;
  /** Whether the channel had to be moved. */
  readonly moved: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Points a channel at an older release, after reading all of it: every file must be there with the bytes that its
 * manifest says, and readable by the audience.
 * @throws Refusal PL4023 when there is no such release, PL4021 and PL4022 when it is not complete, PL4026 when a channel or the history remembers another manifest of it, PL4060 when it was withdrawn, and those of `publishRelease`
 */
export async function rollback(
  version: string,
  target: Target,
  options: RollbackOptions = {},
): Promise<RollbackResult> {
  const { channel = 'latest', failOn = 'error', onEvent: tell = () => {}, now = () => new Date() } = options;
  checkVersion(version);
  checkChannelName(channel);
  const audience = parseAudience(options.audience ?? 'public');
  const place = await openTarget(target, options.expectedBucketOwner);
  const { store } = place;
  try {
    const [before, { manifest, ...release }, history] = await Promise.all([
      readChannel(store, channel),
      publishedRelease(store, version),
      storedHistory(store),
    ]);
    const to = { channel, version, manifestSha256: release.manifestSha256 };
    checkNotWithdrawn(history, to);
    await checkSameVersion(store, to, before.value, history);
    await checkComplete(store, manifest);
    const readers = { audience, version, files: manifest.files };
    const diagnostics = await judgeAudience(place, readers, failOn);
    await readBack(place, readers, tell);
    const moved = await announce(store, { release, channel: to, before, now });
    if (moved) tell({ kind: 'announced', channel, version });
    return { channel, version, from: before.value?.version, moved, diagnostics };
  } finally {
    store.close();
  }
}
