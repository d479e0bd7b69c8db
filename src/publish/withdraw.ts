import { type Diagnostic, warning } from '../diagnostics/diagnostic.ts';
import { checkVersion } from '../release/layout.ts';
import type { Target } from '../release/target.ts';
import { publishedRelease } from './published-release.ts';
import { withRelease, withWithdrawal } from './releases/change-history.ts';
import { type ListedRelease, listed } from './releases/history.ts';
import { moment } from './releases/moment.ts';
import { checkReason } from './releases/reason.ts';
import { storedHistory, updateHistory } from './releases/update-history.ts';
import { storedChannels } from './stored-channels.ts';
import { openTarget } from './stores/open-store.ts';
import type { Store } from './stores/store.ts';

/** How a release is withdrawn. */
export interface WithdrawOptions {
  /** Account that must own the bucket. Default: none is asked for. */
  readonly expectedBucketOwner?: string;
  /** The clock of who withdraws it. Default: the machine's. */
  readonly now?: () => Date;
}

/** What withdrawing did. */
export interface WithdrawResult {
  /** The release as it is listed now. */
  readonly release: ListedRelease;
  /** Channels that still point at a release that is withdrawn. */
  readonly diagnostics: readonly Diagnostic[];
}

const GOOD_REASON =
  'Say what is wrong with the release, and what to do: --why "It loses jobs at an update. Use 1.4.2."';

/**
 * Marks a published release as withdrawn: who makes links to it, verifies it or compares with it is warned, and no
 * channel is pointed at it any more. Its files stay: what was launched from it may need them.
 * @param why one line that people read; undefined takes a withdrawal back
 * @throws Refusal PL4063 for a reason that is none, PL4023 when there is no such release, PL4058, PL4059
 */
export async function withdraw(
  version: string,
  why: string | undefined,
  target: Target,
  { expectedBucketOwner, now = () => new Date() }: WithdrawOptions = {},
): Promise<WithdrawResult> {
  checkVersion(version);
  if (why !== undefined) checkReason(why, GOOD_REASON);
  const { store } = await openTarget(target, expectedBucketOwner);
  try {
    const release = await releaseOf(store, version);
    const mark = withWithdrawal(version, why === undefined ? undefined : { at: moment(now()), why });
    const history = await updateHistory(store, (before) => mark(withRelease(release)(before)));
    const diagnostics = why === undefined ? [] : await channelsAt(store, version);
    return { release: listed(history, version)!, diagnostics };
  } finally {
    store.close();
  }
}

/** How the release is listed, or would be. One that is listed can be withdrawn whatever has become of its manifest. */
async function releaseOf(store: Store, version: string): Promise<ListedRelease> {
  const known = listed(await storedHistory(store), version);
  if (known) return known;
  const { manifest: _, ...release } = await publishedRelease(store, version);
  return release;
}

async function channelsAt(store: Store, version: string): Promise<readonly Diagnostic[]> {
  const at = (await storedChannels(store)).filter((channel) => channel.version === version);
  return at.map(({ channel }) =>
    warning({
      code: 'PL4061',
      message: `The channel ${channel} still points at ${version}, which is withdrawn.`,
      hint: `Point it at another: podlaunch rollback --channel ${channel} --version VERSION, or publish the mended release.`,
    }),
  );
}
