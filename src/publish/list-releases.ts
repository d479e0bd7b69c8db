import { AT_A_TIME, inParallel } from '../cloud/in-parallel.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { CHANNEL_BYTES } from '../release/channel.ts';
import { channelKey } from '../release/layout.ts';
import type { Target } from '../release/target.ts';
import { openReader, type Readers } from './audience/open-reader.ts';
import { parseChannel } from './channel.ts';
import type { ReleaseHistory } from './releases/history.ts';
import { readHistory } from './releases/read-history.ts';

/** What is published at a place, and what its channels point at. */
export interface PublishedReleases extends ReleaseHistory {
  /** The version that each channel of the history points at. */
  readonly now: Readonly<Record<string, string>>;
  /** That releases.json cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Lists what is published at a place, as its audience sees it: the releases that releases.json knows, the newest first.
 * @throws Refusal PL4058 for a file that is none, PL4024 for a channel, and those of a place that cannot be read
 */
export async function listReleases(target: Target, readers: Readers): Promise<PublishedReleases> {
  const reader = await openReader(target, readers);
  try {
    const { history, warnings } = await readHistory(reader);
    const now: [string, string][] = [];
    await inParallel(Object.keys(history.channels), AT_A_TIME, async (name) => {
      const key = channelKey(name);
      const { status, bytes } = await reader.read(key, CHANNEL_BYTES);
      if (status === 200) now.push([name, parseChannel(bytes, name, reader.url(key)).version]);
    });
    return { ...history, now: Object.fromEntries(now.sort()), diagnostics: warnings };
  } finally {
    reader.close();
  }
}
