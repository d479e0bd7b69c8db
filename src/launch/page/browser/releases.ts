import { CHANNEL_BYTES, publishedChannel } from '../../../release/channel.ts';
import { isOlder } from '../../../release/is-older.ts';
import { channelKey, HISTORY, HISTORY_BYTES, MANIFEST, releasePrefix } from '../../../release/layout.ts';
import { MANIFEST_BYTES } from '../../../release/manifest.ts';
import { parseJson } from '../../../release/read-json.ts';
import type { PageFacts, StackFacts } from '../../lines/facts.ts';
import { type OfferedRelease, offeredReleases, pathsOfManifest } from '../../lines/published.ts';
import { fetched, sha256 } from './fetched.ts';

/** Something to tell whoever reads the page. */
export interface Warning {
  readonly text: string;
  readonly isBad?: true;
}

/** What is known of where releases are: warnings, and the versions that nobody is to launch, with the reason. */
export interface Listed {
  readonly releases: readonly OfferedRelease[];
  readonly warnings: readonly Warning[];
  readonly refused: ReadonlyMap<string, string>;
}

/** Reads the list of releases and the channel, and compares both with the release that the page was made for. */
export async function readPublished(facts: PageFacts): Promise<Listed> {
  const [list, channelFile] = await Promise.all([
    fetched(facts.releases + HISTORY, HISTORY_BYTES),
    fetched(facts.releases + channelKey(facts.channel), CHANNEL_BYTES),
  ]);
  const releases = offeredReleases(list && parseJson(list));
  const channel = publishedChannel(channelFile && parseJson(channelFile), facts.channel);
  const warnings: Warning[] = [];
  const refused = new Map<string, string>();
  for (const { version, withdrawn } of releases)
    if (withdrawn !== undefined)
      refused.set(version, `Release ${version} was withdrawn by its publisher: ${withdrawn}.`);
  const named = [channel, ...releases].filter((one) => one?.version === facts.version);
  if (named.some((one) => one?.manifestSha256 !== facts.manifestSha256)) refused.set(facts.version, rewritten(facts));
  if (releases.length === 0)
    warnings.push({
      text: 'The list of releases cannot be read from here: this page knows its own release only, and not whether it was withdrawn.',
    });
  if (!channel)
    warnings.push({
      text: `The channel ${facts.channel} cannot be read from here: nobody compared this page's release with it.`,
    });
  else if (channel.version !== facts.version) warnings.push(otherRelease(facts, channel.version));
  return { releases, warnings, refused };
}

function rewritten({ version }: PageFacts): string {
  return `Someone has rewritten release ${version} since this page was made: its manifest has another SHA-256. Launch nothing from here, and tell the publisher.`;
}

function otherRelease({ channel, version }: PageFacts, now: string): Warning {
  const isBack = isOlder(now, version);
  const text = isBack
    ? `The channel ${channel} went back to the older release ${now}. Ask the publisher why before you launch ${version}.`
    : `The channel ${channel} now names release ${now}; this page was made for ${version}. Choose the release below.`;
  return isBack ? { text, isBad: true } : { text };
}

/**
 * The stacks of another release of the list, after comparing its manifest with the list's hash.
 * @returns or why it cannot be launched from here
 */
export async function stacksOf(
  facts: PageFacts,
  { version, manifestSha256 }: OfferedRelease,
): Promise<readonly StackFacts[] | string> {
  const bytes = await fetched(facts.releases + releasePrefix(version) + MANIFEST, MANIFEST_BYTES);
  if (!bytes) return `The manifest of release ${version} cannot be read from here.`;
  if ((await sha256(bytes)) !== manifestSha256)
    return `The manifest of release ${version} is not the one that the list of releases names. Launch nothing from it, and tell the publisher.`;
  const paths = pathsOfManifest(parseJson(bytes), version) ?? [];
  const stacks = facts.stacks.filter(({ path }) => paths.includes(path));
  return stacks.length > 0 ? stacks : `Release ${version} has none of the stacks of this page.`;
}
