import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Refusal, refuse } from '../diagnostics/refusal.ts';
import { isOlder } from '../release/is-older.ts';
import { PROVENANCE } from '../release/layout.ts';
import type { Release } from '../release/release.ts';
import type { Target } from '../release/target.ts';
import type { ReleaseToSign } from '../sign/signed-file.ts';
import type { ReleaseSigner } from '../sign/signer.ts';
import { announce } from './announce.ts';
import { parseAudience } from './audience/audience.ts';
import { judgeAudience } from './audience/judge-audience.ts';
import { checkChannelName } from './channel.ts';
import type { PublishEvent } from './events.ts';
import { type PublishPlan, planPublish } from './plan.ts';
import { readBack } from './read-back.ts';
import type { ListedRelease } from './releases/history.ts';
import { moment } from './releases/moment.ts';
import { signRelease } from './signature.ts';
import { openTarget } from './stores/open-store.ts';
import { upload } from './upload.ts';

/** How a release is published. */
export interface PublishOptions {
  /** `public`, `org:o-…` or `accounts:ID,…`; a folder has no audience. Default: `public`. */
  readonly audience?: string;
  /** Default: `latest`. */
  readonly channel?: string;
  /** Account that must own the bucket. Default: none is asked for. */
  readonly expectedBucketOwner?: string;
  /** What stops the command, before the channel moves. Default: `error`. */
  readonly failOn?: 'error' | 'warning';
  /** Only plans. Default: `false`. */
  readonly dryRun?: boolean;
  /** Lets the channel go from a newer version to an older one. Default: `false`. */
  readonly allowDowngrade?: boolean;
  /** Is asked before a channel that everyone reads comes to be; without it nobody is asked. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** The oldest release that stacks may be updated from to this one, for releases.json. Default: any. */
  readonly minimumFrom?: string;
  /** What signs the release. Default: nobody. */
  readonly signer?: ReleaseSigner;
  /** The publisher's clock. Default: the machine's. */
  readonly now?: () => Date;
  /** Is told what goes on. */
  readonly onEvent?: (event: PublishEvent) => void;
}

/** What publishing did. */
export interface PublishResult {
  readonly plan: PublishPlan;
  /** Whether the channel now points at the release: not so after a dry run. */
  readonly announced: boolean;
  /** Warnings. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Publishes a release: plans, judges whether launchers will be able to read it, writes
 * what is missing, reads back what launchers will read, and then lists it in releases.json and points the channel at it. Interrupted anywhere it can be run again, and what the channel points at is complete at any moment.
 * @throws Refusal of the codes in codes.ts; nothing that is published is changed then, and the channel has not moved
 */
export async function publishRelease(
  release: Release,
  target: Target,
  options: PublishOptions = {},
): Promise<PublishResult> {
  const {
    channel = 'latest',
    failOn = 'error',
    dryRun = false,
    confirm,
    signer,
    onEvent: tell = () => {},
    now = () => new Date(),
  } = options;
  checkChannelName(channel);
  const audience = parseAudience(options.audience ?? 'public');
  const place = await openTarget(target, options.expectedBucketOwner);
  const { store } = place;
  try {
    tell({ kind: 'started' });
    const plan = await planPublish(store, release, channel, now);
    tell({ kind: 'planned', plan });
    if (!options.allowDowngrade) checkNotOlder(plan);
    const all = [...release.files, release.manifest].map(({ path, sha256, bytes }) => ({
      path,
      sha256,
      size: bytes.length,
    }));
    // What the channel points at was read back in full before it moved; after that one template shows that it still can be.
    const readers = {
      audience,
      version: release.version,
      files: plan.announced ? all.filter(isTemplate).slice(0, 1) : all,
    };
    const isSeen = plan.announced && audience.kind === 'public';
    const diagnostics = isSeen ? [] : await judgeAudience(place, readers, failOn);
    if (dryRun) return { plan, announced: plan.announced, diagnostics };
    const isFirst = place.kind === 's3' && audience.kind === 'public' && plan.before.value === undefined;
    if (confirm && isFirst && !(await confirm(firstMove(plan, store.name)))) throw notConfirmed(plan);
    await upload(store, plan, tell);
    const signed = signer ? await signRelease(store, toSign(release), signer, now) : [];
    await readBack(place, { ...readers, files: [...readers.files, ...signed] }, tell);
    if (plan.announced && plan.recorded) return { plan, announced: true, diagnostics };
    const listing = listingOf(plan, plan.completedAt ?? now(), options.minimumFrom);
    const moved = await announce(store, { release: listing, channel: plan.channel, before: plan.before, now });
    if (moved) tell({ kind: 'announced', channel, version: release.version });
    return { plan, announced: true, diagnostics };
  } finally {
    store.close();
  }
}

function toSign({ version, manifest, files }: Release): ReleaseToSign {
  const provenance = files.find(({ path }) => path === PROVENANCE)?.bytes;
  return { version, manifestSha256: manifest.sha256, provenance };
}

function listingOf(
  { release, channel: { manifestSha256 } }: PublishPlan,
  publishedAt: Date,
  minimumFrom: string | undefined,
): ListedRelease {
  const from = minimumFrom !== undefined && { minimumFrom };
  return { version: release.version, publishedAt: moment(publishedAt), manifestSha256, ...from };
}

/** Throws a Refusal (PL4027) when the channel would go back: that is what `rollback` is for. */
function checkNotOlder({ release: { version }, before, channel: { channel } }: PublishPlan): void {
  const now = before.value?.version;
  if (now === undefined || !isOlder(version, now)) return;
  throw refuse({
    code: 'PL4027',
    message: `The channel ${channel} points at ${now}, and ${version} is older.`,
    hint: `To publish it all the same: --allow-downgrade. To leave ${channel} where it is, publish to another channel: --channel NAME. To go back to a published release: podlaunch rollback.`,
  });
}

function firstMove({ release, channel }: PublishPlan, place: string): string {
  return `The channel ${channel.channel} in ${place} is new. Announce release ${release.version} to everyone?`;
}

function notConfirmed({ channel }: PublishPlan): Refusal {
  const message = `The channel ${channel.channel} was not made, and nothing was written.`;
  return refuse({ code: 'PL4028', message, hint: 'To look first: --dry-run. To answer yes beforehand: --yes.' });
}

function isTemplate({ path }: { readonly path: string }): boolean {
  return path.startsWith('templates/');
}
