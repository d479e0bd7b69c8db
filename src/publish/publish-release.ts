import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Release } from '../release/release.ts';
import { parseAudience } from './audience.ts';
import { checkChannelName, moveChannel } from './channel.ts';
import { checkAudience } from './check-audience.ts';
import type { PublishEvent } from './events.ts';
import { openTarget } from './open-store.ts';
import { type PublishPlan, planPublish } from './plan.ts';
import type { Target } from './target.ts';
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
 * Publishes a release: plans, writes what is missing, reads back what launchers will read, and then points the channel
 * at it. Interrupted anywhere it can be run again, and what the channel points at is whole at any moment.
 * @throws Refusal of the codes in codes.ts; nothing that is published is changed then, and the channel has not moved
 */
export async function publishRelease(
  release: Release,
  target: Target,
  options: PublishOptions = {},
): Promise<PublishResult> {
  const { channel = 'latest', failOn = 'error', dryRun = false, onEvent: tell = () => {} } = options;
  checkChannelName(channel);
  const audience = parseAudience(options.audience ?? 'public');
  const place = await openTarget(target, options.expectedBucketOwner);
  const { store } = place;
  try {
    const plan = await planPublish(store, release, channel);
    tell({ kind: 'planned', plan });
    if (dryRun) return { plan, announced: plan.announced, diagnostics: [] };
    await upload(store, plan, tell);
    // What the channel points at was read back in full before it moved; after that one template shows that it still can be.
    const files = plan.announced ? release.files.filter(isTemplate).slice(0, 1) : release.files;
    const diagnostics = await checkAudience(place, { audience, version: release.version, files, failOn }, tell);
    if (!plan.announced) {
      await moveChannel(store, plan.channel, plan.before);
      tell({ kind: 'announced', channel, version: release.version });
    }
    return { plan, announced: true, diagnostics };
  } finally {
    store.close();
  }
}

function isTemplate({ path }: { readonly path: string }): boolean {
  return path.startsWith('templates/');
}
